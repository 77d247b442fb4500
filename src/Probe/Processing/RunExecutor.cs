// SPDX-License-Identifier: BSD-3-Clause
using System.ComponentModel;
using Tci.Contracts;
using Tci.Probe.Files;
using Tci.Probe.Work;

namespace Tci.Probe.Processing;

/// <summary>Executes one run: the child, its results, and what it means.</summary>
internal sealed class RunExecutor(ProbeOptions options, Trash trash, RunLogs logs, TimeProvider time)
{
    // Hashing and moving are the rest.
    private const double ChildShare = 0.95;

    /// <summary>Blocks until the run is over and answers what came of it. Cancelled, it throws and leaves nothing.</summary>
    public WorkResult Execute(CaptureDirectory directory, int step, IProcessor processor, BeginRun request, LongWork work, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (!File.Exists(directory.Traffic)) return Failed(ProblemCodes.ProcessingFailed, "The capture has no packets to process: traffic.pcap is not there.");
        var folder = directory.In($"run.{step}.{Guid.NewGuid():n}.tmp");
        var output = Path.Combine(folder, "output");
        Directory.CreateDirectory(output);
        try
        {
            var call = processor.Plan(request.Parameters, directory.Traffic, output);
            return call.Ok ? Run(call.Value, folder, directory, step, request, work, cancel) : Failed(call.Problem.Code, call.Problem.Message);
        }
        catch (Win32Exception e)
        {
            return Failed(ProblemCodes.ProcessingFailed, $"The processor cannot be started: {e.Message}");
        }
        catch (Exception e) when (DiskTrouble.Is(e) || e is InvalidDataException)
        {
            var problem = DiskTrouble.Of(e, ProblemCodes.ProcessingFailed);
            return Failed(problem.Code, problem.Message);
        }
        finally
        {
            if (directory.Exists) trash.Throw(folder);
        }
    }

    private WorkResult Run(
        ProcessorCall call, string folder, CaptureDirectory directory, int step, BeginRun request, LongWork work, CancellationToken cancel)
    {
        var wall = request.Deadline - time.GetUtcNow();
        if (wall <= TimeSpan.Zero) return Late(request);
        var limits = new ChildLimits(wall, options.RunMemoryBytesMax, options.RunFileBytesMax, options.BackgroundNice);
        var log = logs.Begin(directory, step);
        ChildExit exit;
        try
        {
            exit = ChildProcess.Run(call, folder, limits, line => Report(work, log, Shown(line, folder, directory)), line => log.Add(true, Shown(line, folder, directory)), time, cancel);
        }
        finally
        {
            logs.End(directory, step);
        }

        var words = Shown(exit.LastWords, folder, directory);
        if (exit.TimedOut) return Late(request);
        if (exit.Code != 0 && exit.Code != call.DamagedInputCode)
        {
            var said = words.Length > 0 ? words : "it said nothing";
            return Failed(ProblemCodes.ProcessingFailed, $"The processor {request.Processor} ended with code {exit.Code}: {said}");
        }
        var files = RunOutput.Take(directory, step, Path.Combine(folder, "output"), cancel);
        return new WorkResult(WorkState.Done, files, exit.Code == 0 ? null : new Problem(ProblemCodes.SourceDamaged, words), ProgramVersion.Of(call.Program, time));
    }

    // Where things lie on this host is nobody else's business.
    private static string Shown(string words, string folder, CaptureDirectory directory) =>
        words.Replace(directory.Data + "/", "", StringComparison.Ordinal).Replace(folder + "/", "", StringComparison.Ordinal);

    private static void Report(LongWork work, RunLogLines log, string line)
    {
        if (RunProgress.Share(line) is { } share) work.Report(share * ChildShare);
        else
            log.Add(false, line);
    }

    private static WorkResult Late(BeginRun request) => Failed(
        ProblemCodes.DeadlinePassed,
        $"The processor {request.Processor} was not done at its deadline, {request.Deadline.UtcDateTime:u}, and was ended.");

    private static WorkResult Failed(string code, string message) => new(WorkState.Failed, [], new Problem(code, message));
}
