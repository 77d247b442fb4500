// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Contracts;
using Tci.Grains.Captures;
using Tci.Grains.Jobs;
using Tci.Grains.Points;
using Tci.Grains.Probes;
using Tci.Grains.Runs;
using Tci.Grains.Schedules;
using Tci.Simulation.Storing;

namespace Tci.Simulation.Checking;

/// <summary>Nothing that is saved waits for good: whatever has something left to do is saved with an instant at which it looks again, and a job with one at which it gives up.</summary>
internal sealed class WaitChecks(Simulation simulation, Checks checks)
{
    /// <summary>An instant that has passed is served by the next sweep or two.</summary>
    private static readonly TimeSpan s_servedWithin = TimeSpan.FromSeconds(15);

    private static readonly Dictionary<string, Func<string, string?>> s_waits = new()
    {
        ["job"] = state => Waits(Read<JobRecord>(state)),
        ["capture"] = state => Waits(Read<CaptureRecord>(state)),
        ["run"] = state => Read<RunRecord>(state).State == RunState.Running ? "runs" : null,
        ["schedule"] = state => Read<ScheduleRecord>(state) is var s && (s.Starting is not null || (s.State == ScheduleState.Active && s.Next is not null)) ? "has a start ahead" : null,
        ["point"] = state => Read<PointRecord>(state) is { Holders.Count: > 0 } or { Queue.Count: > 0 } ? "has given places" : null,
        ["probe"] = state => Read<ProbeRecord>(state).Present ? "is present" : null,
    };

    /// <summary>Called for every state that is saved.</summary>
    public void OnSave(StateRow row)
    {
        if (row.WakeAt is null && s_waits[row.Kind](row.State) is { } waits) checks.Fail($"{row.Kind} {row.Key} {waits}, and is saved without an instant at which it looks again: {row.State}");
        if (row.Kind != "job") return;
        var job = Read<JobRecord>(row.State);
        if (job is { Deadline: null, State: JobState.Waiting or JobState.Starting or JobState.Capturing or JobState.Collecting or JobState.Processing })
            checks.Fail($"{row.Key} is {job.State} and has no deadline.");
    }

    /// <summary>
    /// Whoever asked to be woken has been, whether or not its host is still the one that it asked. Not so captures, runs and probes: while they only look and
    /// wait they move their instant on in memory, and the saved one is looked at by every sweep.
    /// </summary>
    public void AtEnd()
    {
        var now = simulation.Cluster.Controls.Min(h => h.Clock.GetUtcNow());
        foreach (var row in simulation.Store.States.Where(r => r.Kind is ("job" or "schedule" or "point") && r.WakeAt + s_servedWithin < now))
            checks.Fail($"{row.Kind} {row.Key} is to look again at {row.WakeAt:HH:mm:ss.fff}, and nobody woke it: {row.State}");
    }

    private static string? Waits(JobRecord job) => job.Seed is not null && JobPhases.Of(job) is { } phase ? $"is in {phase.GetType().Name}" : null;

    private static string? Waits(CaptureRecord capture)
    {
        if (capture.CancelRequested) return capture.State == CaptureState.Cancelled ? null : "is to be cancelled";
        return capture.State is CaptureState.Arming or CaptureState.Armed or CaptureState.Capturing or CaptureState.Collecting ? $"is {capture.State}" : null;
    }

    private static T Read<T>(string state) => JsonSerializer.Deserialize<T>(state, ContractJson.Options)!;
}
