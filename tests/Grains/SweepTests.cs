// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;

namespace Tci.Grains.Tests;

/// <summary>Every kind of entity is served, and no number of overdue ones keeps others from their turn.</summary>
[TestClass]
public sealed class SweepTests
{
    private readonly List<string> _poked = [];

    [TestMethod]
    public async Task Every_saved_instant_is_served_whoever_it_belongs_to()
    {
        (string, string)[] due =
        [
            ("job", "job-a"), ("point", "local/eth0"), ("probe", "probe-local"), ("capture", "local/job-a.0"), ("run", "local/job-a.0.1"), ("schedule", "schedule-a"),
            ("of a newer program", "x"),
        ];
        Assert.AreEqual(due.Length, await Sweep(due).Once());
        CollectionAssert.AreEqual(due.SkipLast(1).Select(d => d.Item2).ToArray(), _poked);
        CollectionAssert.AreEquivalent(EntityKinds.Names.ToArray(), due.SkipLast(1).Select(d => d.Item1).ToArray());
    }

    [TestMethod]
    public async Task Those_that_stay_overdue_keep_nobody_from_being_served()
    {
        var away = Enumerable.Range(0, 2 * Tci.Grains.Sweep.CountMax).Select(n => ("capture", $"away/job-{n}.0"));
        var sweep = Sweep([.. away, ("point", "local/eth0")]);
        for (var i = 0; i < 3; i++) await sweep.Once();
        Assert.AreEqual("local/eth0", _poked[^1]);
        await sweep.Once();
        Assert.AreEqual("away/job-0.0", _poked[^Tci.Grains.Sweep.CountMax]);
    }

    private Sweep Sweep((string, string)[] due) => new(new Due(due), new Nobody(), new Nobody(), new PokedGrains(_poked), TimeProvider.System);

    private sealed class Due((string, string)[] all) : IWakeTimes
    {
        Task<IReadOnlyList<(string Kind, string Key)>> IWakeTimes.Due(DateTimeOffset now, int countMax) => Task.FromResult<IReadOnlyList<(string, string)>>([.. all.Take(countMax)]);
    }

    private sealed class Nobody : IJobCatalog, IScheduleCatalog
    {
        public Task<JobSeed> Create(JobSeed seed, Caller by) => throw new NotSupportedException();

        public Task<JobSeed?> Find(JobId job) => throw new NotSupportedException();

        public Task Record(JobView job, DateTimeOffset? wakeAt, IReadOnlyList<JobEvent> events, DataSet? dataSet) => throw new NotSupportedException();

        public Task Record(ScheduleView schedule, ScheduleRefusal? refusal) => throw new NotSupportedException();

        public Task<IReadOnlyList<ScheduleView>> Schedules(JobVisibility visible) => throw new NotSupportedException();

        Task<IReadOnlyList<JobId>> IJobCatalog.Due(DateTimeOffset now, int countMax) => Task.FromResult<IReadOnlyList<JobId>>([]);

        Task<IReadOnlyList<ScheduleId>> IScheduleCatalog.Due(DateTimeOffset now, int countMax) => Task.FromResult<IReadOnlyList<ScheduleId>>([]);
    }
}
