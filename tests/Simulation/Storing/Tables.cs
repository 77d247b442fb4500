// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Contracts;

namespace Tci.Simulation.Storing;

/// <summary>A job's row: what it was created from and what it was last recorded as.</summary>
internal sealed record JobRow(JobSeed Seed, JobView View, DateTimeOffset? WakeAt);

/// <summary>The catalog's tables, with the semantics of the real ones. Every change is shown to the checks.</summary>
internal sealed class Tables(Simulation simulation)
{
    public Dictionary<JobId, JobRow> Jobs { get; } = [];

    public Dictionary<JobId, SortedDictionary<int, JobEvent>> Events { get; } = [];

    public Dictionary<JobId, DataSet> DataSets { get; } = [];

    public Dictionary<PointId, PointView> Points { get; } = [];

    public Dictionary<ProbeId, ProbeView> Probes { get; } = [];

    public JobSeed Create(JobSeed seed)
    {
        if (Jobs.TryGetValue(seed.Id, out var row)) return row.Seed;
        var view = new JobView { Id = seed.Id, Owner = seed.Owner, Spec = seed.Spec, State = JobState.Scheduled, Created = seed.Created, Version = 0 };
        Jobs[seed.Id] = new JobRow(seed, view, seed.Created);
        Events[seed.Id] = [];
        simulation.Kernel.Trace.Say("store", $"creates {seed.Id}");
        return seed;
    }

    public void Record(JobView job, DateTimeOffset? wakeAt, IReadOnlyList<JobEvent> events, DataSet? dataSet)
    {
        if (!Jobs.TryGetValue(job.Id, out var row)) throw new InvalidOperationException($"The store has no row of {job.Id}: a job is created before it is recorded.");
        var newer = row.View.Version < job.Version;
        simulation.Checks.OnRecord(row, job, events);
        if (newer) Jobs[job.Id] = row with { View = job, WakeAt = wakeAt };
        foreach (var e in events) Events[job.Id].TryAdd(e.Sequence, e);
        if (newer && dataSet is not null) DataSets[job.Id] = dataSet;
        simulation.Kernel.Trace.Say("store", $"row of {job.Id} version {job.Version} {job.State}{(newer ? "" : " (not newer)")}, wakes {wakeAt:HH:mm:ss.fff}, events {string.Join(",", events.Select(e => e.Sequence))}");
    }

    public IReadOnlyList<JobId> Due(DateTimeOffset now, int countMax) =>
        [.. Jobs.Values.Where(r => !r.View.State.IsFinal() && r.WakeAt <= now).OrderBy(r => r.WakeAt).ThenBy(r => r.Seed.Id.Value, StringComparer.Ordinal).Take(countMax).Select(r => r.Seed.Id)];

    public void Record(PointView point)
    {
        if (!Points.TryGetValue(point.Id, out var known) || known.Version < point.Version) Points[point.Id] = point;
        simulation.Checks.OnPoint(point);
    }

    public void Record(ProbeView probe)
    {
        if (!Probes.TryGetValue(probe.Id, out var known) || known.LastSeen <= probe.LastSeen) Probes[probe.Id] = probe;
    }

    /// <summary>As it would come back from a database: nothing is shared with who wrote it.</summary>
    public static T Copy<T>(T value) => JsonSerializer.Deserialize<T>(JsonSerializer.SerializeToUtf8Bytes(value, ContractJson.Options), ContractJson.Options)!;
}
