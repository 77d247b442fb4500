// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Logging;
using Tci.Probe.Files;
using Tci.Probe.Interop;
using Tci.Probe.Work;

namespace Tci.Probe.Engine;

/// <summary>Has directories completed whose engine is gone, and says so where that cannot be done.</summary>
internal sealed class EngineRepairs(ProbeOptions options, Launcher launcher, BackgroundWork work, TimeProvider time, ILogger<EngineRepairs> log)
{
    private static readonly TimeSpan s_repairTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Called at every look at a broken capture.</summary>
    public void Consider(EngineCapture capture)
    {
        if (!capture.Repair.TryTake(time.GetUtcNow())) return;
        if (!work.Engine.TryAdd(_ => Attempt(capture))) capture.Repair.Over(time.GetUtcNow());
    }

    private void Attempt(EngineCapture capture)
    {
        try
        {
            Repair(capture);
        }
        finally
        {
            capture.Repair.Over(time.GetUtcNow());
        }
    }

    private void Repair(EngineCapture capture)
    {
        if (capture.SettleBySummary()) return;
        var outcome = launcher.Ensure();
        if (outcome.Ok) outcome = CaptureLibrary.Repair(options.Socket, capture.Directory.Path, s_repairTimeout);
        if (capture.SettleBySummary()) return;
        Log.RepairFailed(log, capture.Id.Value, outcome.Message);
        if (!capture.Repair.Exhausted) return;
        var view = capture.Lost($"The engine is gone and its directory cannot be completed: {outcome.Message}");
        try
        {
            JsonFile.Write(capture.Directory.Outcome, view);
        }
        catch (Exception e) when (DiskTrouble.Is(e))
        {
            Log.OutcomeNotWritten(log, capture.Id.Value, e);
        }
        capture.Settle(view);
    }
}
