// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Store.Audit;
using Tci.Store.Schedules;
using Tci.Store.Tests.PostgreSql;

namespace Tci.Store.Tests.Schedules;

public abstract class ScheduleCatalogTests(StoreKind kind)
{
    private readonly TempStore _temp = new(kind);
    private Database _database = null!;
    private ScheduleCatalog _schedules = null!;

    [TestInitialize]
    public async Task Open()
    {
        _database = await _temp.Open();
        _schedules = new ScheduleCatalog(_database);
    }

    [TestCleanup]
    public void Close()
    {
        _database.Dispose();
        _temp.Dispose();
    }

    private static ScheduleView View(string id, int version = 1, ScheduleState state = ScheduleState.Active, int createdAfterSeconds = 0, DateTimeOffset? next = null) => new()
    {
        Id = new ScheduleId("schedule-" + id),
        Owner = "ann",
        Spec = new ScheduleSpec { Name = id, Job = Samples.Spec(), Every = TimeSpan.FromHours(1), Until = Samples.Noon.AddDays(9) },
        State = state,
        Created = Samples.Noon.AddSeconds(createdAfterSeconds),
        Next = next,
        Made = 3,
        Missed = 1,
        LastMissed = Samples.Noon,
        LastJob = new JobId("job-x"),
        Version = version,
    };

    private async Task<string[]> Due(int countMax = 10) => [.. (await _schedules.Due(Samples.Noon, countMax)).Select(s => s.Value["schedule-".Length..])];

    [TestMethod]
    public async Task A_schedule_is_read_as_it_was_written()
    {
        var view = View("a", next: Samples.Noon.AddHours(1));
        await _schedules.Record(view);
        Assert.AreEqual(Samples.Json(view), Samples.Json((await _schedules.Schedules(JobVisibility.All)).Single()));
    }

    [TestMethod]
    public async Task A_refused_start_is_in_the_audit_once_however_often_it_is_recorded()
    {
        var refusal = new ScheduleRefusal(2, new AuditEntry(Samples.Noon, Samples.Ann, "schedule.start", "schedule-a", ProblemCodes.Forbidden));
        await _schedules.Record(View("a"), null);
        foreach (var version in new[] { 2, 2, 3, 1 }) await _schedules.Record(View("a", version), refusal);
        await _schedules.Record(View("a", 4), refusal with { Version = 4 });
        var rows = await new AuditTrail(_database).After(0, 10, new AuditFilter(Action: "schedule.start"));
        Assert.HasCount(2, rows);
        Assert.AreEqual(("ann", "schedule-a", ProblemCodes.Forbidden), (rows[0].Account, rows[0].Resource, rows[0].Result));
    }

    [TestMethod]
    public async Task An_older_version_never_replaces_a_newer_one()
    {
        await _schedules.Record(View("a", 3, ScheduleState.Paused));
        await _schedules.Record(View("a", 2, ScheduleState.Active, next: Samples.Noon.AddHours(-1)));
        Assert.AreEqual((3, ScheduleState.Paused), ((await _schedules.Schedules(JobVisibility.All)).Single().Version, (await _schedules.Schedules(JobVisibility.All)).Single().State));
        Assert.IsEmpty(await Due());
    }

    [TestMethod]
    public async Task Those_that_have_not_ended_come_first_and_each_kind_newest_first()
    {
        await _schedules.Record(View("ended-new", state: ScheduleState.Ended, createdAfterSeconds: 9));
        await _schedules.Record(View("old"));
        await _schedules.Record(View("paused-new", state: ScheduleState.Paused, createdAfterSeconds: 5));
        await _schedules.Record(View("ended-old", state: ScheduleState.Ended, createdAfterSeconds: 1));
        CollectionAssert.AreEqual(new[] { "paused-new", "old", "ended-new", "ended-old" }, (await _schedules.Schedules(JobVisibility.All)).Select(s => s.Spec.Name).ToArray());
    }

    [TestMethod]
    public async Task Due_are_the_active_ones_whose_start_has_come_the_longest_overdue_first()
    {
        await _schedules.Record(View("now", next: Samples.Noon));
        await _schedules.Record(View("late", next: Samples.Noon.AddHours(-2)));
        await _schedules.Record(View("later", next: Samples.Noon.AddTicks(10)));
        await _schedules.Record(View("paused", state: ScheduleState.Paused, next: Samples.Noon.AddHours(-3)));
        await _schedules.Record(View("ended", state: ScheduleState.Ended, next: Samples.Noon.AddHours(-3)));
        await _schedules.Record(View("without"));
        CollectionAssert.AreEqual(new[] { "late", "now" }, await Due());
        CollectionAssert.AreEqual(new[] { "late" }, await Due(1));
        await _schedules.Record(View("late", 2, next: Samples.Noon.AddHours(1)));
        CollectionAssert.AreEqual(new[] { "now" }, await Due());
    }
}

[TestClass]
public sealed class ScheduleCatalogOnSqliteTests() : ScheduleCatalogTests(StoreKind.Sqlite);

[TestClass]
[NeedsPostgreSql]
public sealed class ScheduleCatalogOnPostgreSqlTests() : ScheduleCatalogTests(StoreKind.PostgreSql);
