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

    public Dictionary<ScheduleId, ScheduleView> Schedules { get; } = [];

    /// <summary>As far as grains write it.</summary>
    public List<AuditEntry> Audit { get; } = [];

    /// <summary>Accounts that may have no jobs made; all others may, everywhere.</summary>
    public HashSet<string> MayNot { get; } = [];

    public void LetCreate(string account, bool may)
    {
        if (may) MayNot.Remove(account);
        else MayNot.Add(account);
    }

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
        else if (newer) DataSets.Remove(job.Id);
        simulation.Kernel.Trace.Say("store", $"row of {job.Id} version {job.Version} {job.State}{(newer ? "" : " (not newer)")}, wakes {wakeAt:HH:mm:ss.fff}, events {string.Join(",", events.Select(e => e.Sequence))}");
    }

    public IReadOnlyList<JobId> Due(DateTimeOffset now, int countMax) =>
        [.. Jobs.Values.Where(r => r.WakeAt <= now).OrderBy(r => r.WakeAt).ThenBy(r => r.Seed.Id.Value, StringComparer.Ordinal).Take(countMax).Select(r => r.Seed.Id)];

    public void Record(PointView point)
    {
        var known = Points.GetValueOrDefault(point.Id);
        if (known?.Version >= point.Version) return;
        simulation.Checks.OnPoint(known, point);
        Points[point.Id] = point;
    }

    public void Record(ProbeView probe)
    {
        if (!Probes.TryGetValue(probe.Id, out var known) || known.Revision < probe.Revision) Probes[probe.Id] = probe;
    }

    public void Record(ScheduleView schedule, ScheduleRefusal? refusal)
    {
        var known = Schedules.GetValueOrDefault(schedule.Id)?.Version ?? 0;
        if (known < schedule.Version) Schedules[schedule.Id] = schedule;
        if (refusal?.Version > known) Audit.Add(refusal.Audit);
    }

    public IReadOnlyList<ScheduleId> DueSchedules(DateTimeOffset now, int countMax) =>
        [.. Schedules.Values.Where(s => s.State == ScheduleState.Active && s.Next <= now).OrderBy(s => s.Next).Take(countMax).Select(s => s.Id)];

    public IReadOnlyList<CaptureId> Orphans(IReadOnlyList<CaptureId> captures) => [.. captures.Where(c => !IsWanted(Jobs.GetValueOrDefault(c.Job)?.View, c))];

    /// <summary>A job that is not final may still collect; a final one wants what it collected, unless it was deleted.</summary>
    private static bool IsWanted(JobView? job, CaptureId capture) => job is not null && job.Deleted is null
        && (!job.State.IsFinal() || job.Captures.Any(c => c.Id == capture && c.State == CaptureState.Collected));

    /// <summary>As it would come back from a database: nothing is shared with who wrote it.</summary>
    public static T Copy<T>(T value) => JsonSerializer.Deserialize<T>(JsonSerializer.SerializeToUtf8Bytes(value, ContractJson.Options), ContractJson.Options)!;
}
