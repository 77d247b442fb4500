// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Simulation.Hosts;

namespace Tci.Simulation.Storing;

/// <summary>The job catalog as one host reaches it.</summary>
internal sealed class SimJobCatalog(SimStore store, Host by) : IJobCatalog
{
    public Task<JobSeed> Create(JobSeed seed, Caller by1)
    {
        var sent = Tables.Copy(seed);
        return store.Ask(by, "create job", () => store.Tables.Create(sent));
    }

    public Task<JobSeed?> Find(JobId job) => store.Ask(by, "find job", () => store.Tables.Jobs.GetValueOrDefault(job)?.Seed);

    public Task Record(JobView job, DateTimeOffset? wakeAt, IReadOnlyList<JobEvent> events, DataSet? dataSet)
    {
        // A view is made anew for every call and never changed; the list of events is the grain's own.
        var lines = events.ToList();
        return store.Ask(by, "record job", () =>
        {
            store.Tables.Record(job, wakeAt, lines, dataSet);
            return true;
        });
    }

    public Task<IReadOnlyList<JobId>> Due(DateTimeOffset now, int countMax) => store.Ask(by, "due jobs", () => store.Tables.Due(now, countMax));
}

/// <summary>The catalog of points and probes as one host reaches it.</summary>
internal sealed class SimPlaceCatalog(SimStore store, Host by) : IPlaceCatalog
{
    public Task Record(PointView point) => Do("record point", () => store.Tables.Record(point));

    public Task Record(ProbeView probe) => Do("record probe", () => store.Tables.Record(probe));

    public Task<IReadOnlyList<CaptureId>> Orphans(IReadOnlyList<CaptureId> captures) => store.Ask(by, "orphans", () => store.Tables.Orphans(captures));

    private Task<bool> Do(string what, Action commit) => store.Ask(by, what, () =>
    {
        commit();
        return true;
    });
}

/// <summary>The saved instants as one host reaches them.</summary>
internal sealed class SimWakeTimes(SimStore store, Host by) : IWakeTimes
{
    public Task<IReadOnlyList<(string Kind, string Key)>> Due(DateTimeOffset now, int countMax) => store.Due(by, now, countMax);
}

/// <summary>The catalog of schedules as one host reaches it.</summary>
internal sealed class SimScheduleCatalog(SimStore store, Host by) : IScheduleCatalog
{
    public Task Record(ScheduleView schedule, ScheduleRefusal? refusal)
    {
        var row = Tables.Copy(schedule);
        return store.Ask(by, "record schedule", () =>
        {
            store.Tables.Record(row, refusal);
            return true;
        });
    }

    public Task<IReadOnlyList<ScheduleId>> Due(DateTimeOffset now, int countMax) => store.Ask(by, "due schedules", () => store.Tables.DueSchedules(now, countMax));

    public Task<IReadOnlyList<ScheduleView>> Schedules(JobVisibility visible) =>
        store.Ask<IReadOnlyList<ScheduleView>>(by, "schedules", () => [.. store.Tables.Schedules.Values]);
}

/// <summary>What accounts may, as one host reaches it: those who may are known without asking the store, those who may not only when it answers.</summary>
internal sealed class SimCreationRights(SimStore store, Host by) : ICreationRights
{
    public Task<Answer<Nothing>> Check(string account, JobSpec spec) => store.Tables.MayNot.Contains(account)
        ? store.Ask<Answer<Nothing>>(by, "check rights", () => new Problem(ProblemCodes.Forbidden, $"{account} may not."))
        : Task.FromResult<Answer<Nothing>>(Nothing.Value);
}
