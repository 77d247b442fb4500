// SPDX-License-Identifier: BSD-3-Clause
using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tci.Contracts;
using Tci.Probe.Engine;
using Tci.Probe.Work;

namespace Tci.Probe.Files;

/// <summary>Collects, thins out and deletes the files of this probe's captures.</summary>
internal sealed class CaptureFiles(
    CaptureDirectories directories, EngineCaptures captures, BackgroundWork work, Trash trash, Pokes pokes, TimeProvider time, ILogger<CaptureFiles> log) : ICaptureFiles
{
    private static readonly TimeSpan s_tryFullDiskAgainAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<CaptureId, LongWork> _collections = new();

    public Task<Answer<WorkView>> Collect(CaptureId capture) => Guarded<WorkView>(capture, directory =>
    {
        if (_collections.TryGetValue(capture, out var known) && !IsDueAgain(known)) return known.Full ?? (Answer<WorkView>)known.View;
        if (JsonFile.TryRead<WorkResult>(directory.Collected, out var result))
        {
            // A crash may have come between the result and the removal of what went into it.
            foreach (var file in TrafficFiles.In(directory).All) trash.Throw(file);
            return result.View;
        }
        var found = captures.Find(capture, directory);
        if (!found.Ok) return found.Problem;
        if (found.Value.Look().State != EngineState.Ended)
            return new Problem(ProblemCodes.NotReady, "The capture has not ended yet; its files can be collected when it has.");
        var collection = new LongWork();
        // Here and not in the background, where it could bring a deleted directory back.
        Directory.CreateDirectory(directory.Data);
        if (!work.Collecting.TryAdd(stop => Run(capture, directory, collection, stop)))
            return new Problem(ProblemCodes.Overloaded, "Too many captures wait to be collected. Ask again later.");
        _collections[capture] = collection;
        return collection.View;
    });

    public Task<Answer<Nothing>> DropRaw(CaptureId capture) => Guarded<Nothing>(capture, directory =>
    {
        if (!directory.Exists) return Nothing.Value;
        if (_collections.TryGetValue(capture, out var known) && known.Running) return Busy("collected");
        if (Runs(capture, directory) is { } refusal) return refusal;
        foreach (var file in TrafficFiles.In(directory).All.Append(directory.Traffic)) trash.Throw(file);
        if (JsonFile.TryRead<WorkResult>(directory.Collected, out var result))
            JsonFile.Write(directory.Collected, result with { Files = [.. result.Files.Where(file => !file.Raw)] });
        return Nothing.Value;
    });

    public Task<Answer<Nothing>> Delete(CaptureId capture) => Guarded<Nothing>(capture, directory =>
    {
        if (Runs(capture, directory) is { } refusal) return refusal;
        if (_collections.TryRemove(capture, out var collection)) collection.Cancel();
        trash.Throw(directory.Path);
        captures.Release(capture);
        return Nothing.Value;
    });

    // A disk that is full now costs nothing of what was stored: it is collected once there is room, until whoever asks gives up.
    private bool IsDueAgain(LongWork collection) => collection.Full is not null && time.GetUtcNow() >= collection.AgainAt;

    // The problem that keeps files from being touched; null where no engine works on them. A directory nobody can read may go.
    private Problem? Runs(CaptureId capture, CaptureDirectory directory)
    {
        var found = captures.Find(capture, directory);
        if (!found.Ok) return found.Problem.Code is ProblemCodes.NotFound or ProblemCodes.CaptureLost ? null : found.Problem;
        return found.Value.Look().State == EngineState.Ended ? null : Busy("captured");
    }

    private static Problem Busy(string what) => new(ProblemCodes.Conflict, $"The capture is being {what}. Stop it, or wait for its end.");

    private void Run(CaptureId capture, CaptureDirectory directory, LongWork collection, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, collection.Cancelled);
        try
        {
            var result = Collector.Collect(directory, collection.Report, either.Token);
            _collections.TryRemove(new(capture, collection));
            Log.Collected(log, capture.Value, result.Files.Count);
        }
        catch (Exception) when (either.IsCancellationRequested)
        {
            // The probe ends, and redoes it in its next life; or the directory was deleted.
            return;
        }
        catch (Exception e) when (DiskTrouble.Is(e) || e is InvalidDataException)
        {
            Log.CollectionFailed(log, capture.Value, e);
            collection.Fail(DiskTrouble.Of(e, ProblemCodes.CollectionFailed), time.GetUtcNow() + s_tryFullDiskAgainAfter);
        }
        pokes.Capture(capture);
    }

    private Task<Answer<T>> Guarded<T>(CaptureId capture, Func<CaptureDirectory, Answer<T>> action)
    {
        var directory = directories.Of(capture);
        if (!directory.Ok) return Task.FromResult<Answer<T>>(directory.Problem);
        lock (_gate)
        {
            try
            {
                return Task.FromResult(action(directory.Value));
            }
            catch (Exception e) when (DiskTrouble.Is(e) || e is InvalidDataException)
            {
                return Task.FromResult<Answer<T>>(DiskTrouble.Of(e, ProblemCodes.CollectionFailed));
            }
        }
    }
}
