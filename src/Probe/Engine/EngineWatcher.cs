// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tci.Contracts;
using Tci.Probe.Files;
using Tci.Probe.Work;

namespace Tci.Probe.Engine;

/// <summary>
/// Pokes captures whose engine has taken a step. When it starts it takes over what ran or ended while no probe was there.
/// </summary>
internal sealed class EngineWatcher(
    ProbeOptions options,
    CaptureDirectories directories,
    EngineCaptures captures,
    EngineRepairs repairs,
    Pokes pokes,
    TimeProvider time,
    ILogger<EngineWatcher> log)
    : BackgroundService
{
    private static readonly TimeSpan s_takeOverAgainAfter = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        DateTimeOffset? takeOver = time.GetUtcNow();
        using var timer = new PeriodicTimer(options.WatchPeriod, time);
        do
        {
            // A directory that could not be read, or a library that was not there, may be so later.
            if (takeOver <= time.GetUtcNow()) takeOver = Guarded(TakeOver) ? null : time.GetUtcNow() + s_takeOverAgainAfter;
            foreach (var capture in captures.Active) Guarded(() => Watch(capture));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private bool TakeOver()
    {
        var whole = true;
        foreach (var (id, directory) in directories.All().Where(c => !captures.IsActive(c.Id) && !File.Exists(c.Directory.Collected)))
        {
            var found = captures.Find(id, directory);
            if (found.Ok)
            {
                found.Value.Told = found.Value.Look().State;
                pokes.Capture(id);
                Log.TakenOver(log, id.Value, found.Value.Told);
            }
            else if (found.Problem.Code != ProblemCodes.NotFound)
            {
                whole = false;
                Log.NotTakenOver(log, id.Value, found.Problem.Message);
            }
        }
        return whole;
    }

    // What the file system refuses for one capture must not end the watch over the others, and with it the host.
    private bool Guarded(Func<bool> step)
    {
        try
        {
            return step();
        }
        catch (Exception e) when (DiskTrouble.Is(e))
        {
            Log.WatchFailed(log, e);
            return false;
        }
    }

    private bool Watch(EngineCapture capture)
    {
        var view = capture.Look();
        if (view.State != capture.Told)
        {
            capture.Told = view.State;
            pokes.Capture(capture.Id);
        }
        if (view is { State: EngineState.Running, Overload.Now: true } != capture.ToldOverload)
        {
            capture.ToldOverload = !capture.ToldOverload;
            if (capture.ToldOverload) Log.Overload(log, capture.Id.Value);
            pokes.Capture(capture.Id);
        }
        if (view.State == EngineState.Ended)
            Release(capture);
        else if (capture.Broken)
            repairs.Consider(capture);
        return true;
    }

    // A capture whose end could not be written down is kept in memory, or nobody would know of it.
    private void Release(EngineCapture capture)
    {
        if (File.Exists(capture.Directory.Summary) || File.Exists(capture.Directory.Outcome) || !capture.Directory.Exists) captures.Release(capture.Id);
    }
}
