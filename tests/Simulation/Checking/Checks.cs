// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using System.Text.Json;
using Tci.Contracts;
using Tci.Grains.Jobs;
using Tci.Grains.Points;
using Tci.Simulation.Hosts;
using Tci.Simulation.Storing;

namespace Tci.Simulation.Checking;

/// <summary>What must hold at every moment. What must hold in the end is in the classes beside this one.</summary>
internal sealed class Checks(Simulation simulation)
{
    /// <summary>Longer than any call, port or store request takes to answer or to be given up.</summary>
    private static readonly TimeSpan s_waitMax = TimeSpan.FromSeconds(20);

    public WaitChecks Waits => field ??= new WaitChecks(simulation, this);

    /// <summary>Called when a job's row and events are about to be written.</summary>
    public void OnRecord(JobRow row, JobView job, IReadOnlyList<JobEvent> events)
    {
        var newer = job.Version > row.View.Version;
        if (newer && row.View.State.IsFinal() && job.State != row.View.State) Fail($"{job.Id} was {row.View.State}, which is final, and becomes {job.State}.");
        var saved = SavedVersion(job.Id);
        if (job.Version > saved) Fail($"The row of {job.Id} gets version {job.Version}; the grain has saved {saved} only.");
        var known = simulation.Store.Tables.Events[job.Id];
        foreach (var e in events.Where(e => known.TryGetValue(e.Sequence, out var old) && old != e)) Fail($"{job.Id} rewrites its history: {known[e.Sequence]} becomes {e}.");
    }

    /// <summary>Called when a point's row is about to be written. Lowered limits evict nobody, but nobody comes in above them.</summary>
    public void OnPoint(PointView? before, PointView point)
    {
        var isNext = point.Version == (before?.Version ?? 0) + 1;
        if (isNext && point.Captures > point.Limits.CapturesMax && point.Captures > (before?.Captures ?? 0)) Fail($"{point.Id} has {point.Captures} captures; at most {point.Limits.CapturesMax} may be.");
    }

    /// <summary>A capture that stores has its place on the point, as long as its job goes on.</summary>
    public void OnStoring(CaptureId id, PointId point)
    {
        if (simulation.Faults.Plan.ClockJumps || Saved<JobRecord>(EntityKind.Job, id.Job.Value) is not { CancelRequested: false, State: JobState.Starting or JobState.Capturing } job) return;
        if (job.RequeueRequested || job.Captures.FirstOrDefault(c => c.Id == id) is not { HoldsPlace: true } capture || capture.State.HasEnded()) return;
        if (Saved<PointRecord>(EntityKind.Point, point.Value) is not { } record || record.Holders.All(p => p.Capture != id)) Fail($"{id} stores packets and has lost its place on {point}.");
    }

    public void EverySecond()
    {
        if (simulation.Cluster.Stuck(s_waitMax) is { } stuck) Fail($"A turn waits without a deadline: {stuck}.");
    }

    public void AtEnd()
    {
        new JobChecks(simulation, this).All();
        new PlaceChecks(simulation, this).All();
        new CaptureChecks(simulation, this).All();
        new ScheduleChecks(simulation, this).All();
        Waits.AtEnd();
    }

    /// <summary>Of the job's state; read without the rest, since it is asked for at every write of a row.</summary>
    private int SavedVersion(JobId job)
    {
        if (simulation.Store.State(EntityKind.Job, job.Value) is not { } row) return 0;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(row.State));
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("version")) continue;
            reader.Read();
            return reader.GetInt32();
        }

        return 0;
    }

    public T? Saved<T>(EntityKind kind, string key) where T : class =>
        simulation.Store.State(kind, key) is { } row ? JsonSerializer.Deserialize<T>(row.State, ContractJson.Options) : null;

    public void Fail(string what) => simulation.Kernel.Fail(what);
}
