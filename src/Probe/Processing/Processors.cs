// SPDX-License-Identifier: BSD-3-Clause
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tci.Contracts;
using Tci.Probe.Files;
using Tci.Probe.Work;

namespace Tci.Probe.Processing;

/// <summary>The processors of this probe.</summary>
internal sealed class Processors(
    IEnumerable<IProcessor> processors,
    CaptureDirectories directories,
    RunExecutor executor,
    BackgroundWork work,
    Trash trash,
    Pokes pokes,
    ILogger<Processors> log)
    : IProcessors
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<RunId, LongWork> _runs = new();

    public Task<Answer<WorkView>> Begin(RunId run, BeginRun request) => Guarded<WorkView>(run, (directory, step) =>
    {
        if (Known(run, directory, step) is { } known) return known;
        if (request.Input != run.Capture)
            return new Problem(ProblemCodes.InvalidRequest, $"{run} is a run over {run.Capture}; its input cannot be {request.Input}.");
        var processor = processors.FirstOrDefault(p => p.Name == request.Processor);
        if (processor is null)
        {
            var names = string.Join(", ", processors.Select(p => p.Name));
            return new Problem(ProblemCodes.UnknownProcessor, $"There is no such processor. There is: {names}.", Field: "processing.processor");
        }
        if (!File.Exists(directory.Collected)) return new Problem(ProblemCodes.NotReady, "The capture's files are not collected yet.");
        // What is wrong with the request is said at once; the paths do not matter for that.
        if (processor.Plan(request.Parameters, directory.Traffic, directory.Path) is { Problem: { Code: ProblemCodes.InvalidRequest } wrong }) return wrong;
        DropRemains(directory, step);
        var begun = new LongWork();
        if (!work.Runs.TryAdd(stop => Execute(run, directory, step, processor, request, begun, stop)))
            return new Problem(ProblemCodes.Overloaded, "Too many runs wait on this probe. Ask again later.");
        _runs[run] = begun;
        return begun.View;
    });

    public Task<Answer<WorkView>> Look(RunId run) => Guarded<WorkView>(run, (directory, step) => Known(run, directory, step) ?? WorkResult.Absent);

    public Task<Answer<Nothing>> Cancel(RunId run) => Guarded<Nothing>(run, (directory, step) =>
    {
        if (_runs.TryRemove(run, out var running))
            running.Cancel();
        else
            DropRemains(directory, step);
        if (!JsonFile.TryRead<WorkResult>(directory.Run(step), out var result)) return Nothing.Value;
        foreach (var file in result.Files) trash.Throw(Path.Combine(directory.Data, file.Path));
        File.Delete(directory.Run(step));
        return Nothing.Value;
    });

    // What a run of an earlier life of the probe left unfinished.
    private void DropRemains(CaptureDirectory directory, int step)
    {
        if (!directory.Exists) return;
        foreach (var folder in Directory.EnumerateDirectories(directory.Path, $"run.{step}.*.tmp")) trash.Throw(folder);
    }

    private WorkView? Known(RunId run, CaptureDirectory directory, int step)
    {
        if (_runs.TryGetValue(run, out var running)) return running.View;
        return JsonFile.TryRead<WorkResult>(directory.Run(step), out var result) ? result.View : null;
    }

    private void Execute(RunId run, CaptureDirectory directory, int step, IProcessor processor, BeginRun request, LongWork begun, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, begun.Cancelled);
        try
        {
            var result = executor.Execute(directory, step, processor, request, begun, either.Token);
            if (result.Problem is { } problem) Log.RunProblem(log, run.Value, problem.Code, problem.Message);
            Keep(run, directory, step, result, begun);
        }
        catch (OperationCanceledException)
        {
            // Cancelled by its grain, which has forgotten it; or the probe ends, and its next life begins again.
            return;
        }
        catch (Exception e) when (DiskTrouble.Is(e))
        {
            begun.Fail(DiskTrouble.Of(e, ProblemCodes.ProcessingFailed));
        }
        pokes.Run(run);
    }

    // Under the lock, so that a cancelled run never leaves a result.
    private void Keep(RunId run, CaptureDirectory directory, int step, WorkResult result, LongWork begun)
    {
        lock (_gate)
        {
            if (begun.Cancelled.IsCancellationRequested)
            {
                foreach (var file in result.Files) trash.Throw(Path.Combine(directory.Data, file.Path));
                throw new OperationCanceledException();
            }
            JsonFile.Write(directory.Run(step), result);
            _runs.TryRemove(new(run, begun));
        }
    }

    private Task<Answer<T>> Guarded<T>(RunId run, Func<CaptureDirectory, int, Answer<T>> action)
    {
        if (!RunId.TryParse(run.Value, out _))
            return Task.FromResult<Answer<T>>(new Problem(ProblemCodes.InvalidRequest, "This is not the id of a run: PROBE/JOB.N.S is."));
        var directory = directories.Of(run.Capture);
        if (!directory.Ok) return Task.FromResult<Answer<T>>(directory.Problem);
        lock (_gate)
        {
            try
            {
                return Task.FromResult(action(directory.Value, run.Step));
            }
            catch (Exception e) when (DiskTrouble.Is(e) || e is InvalidDataException)
            {
                return Task.FromResult<Answer<T>>(DiskTrouble.Of(e, ProblemCodes.ProcessingFailed));
            }
        }
    }
}
