// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Store.Accounts;
using Tci.Store.Jobs;
using Tci.Store.Rights;
using Tci.Store.Tests.PostgreSql;

namespace Tci.Store.Tests.Rights;

public abstract class QuotaTests(StoreKind kind)
{
    private readonly TempStore _temp = new(kind);
    private Database _database = null!;
    private JobCatalog _jobs = null!;
    private QuotaTable _quotas = null!;

    [TestInitialize]
    public async Task Open()
    {
        _database = await _temp.Open();
        (_jobs, _quotas) = (new JobCatalog(_database), new QuotaTable(_database));
    }

    [TestCleanup]
    public void Close()
    {
        _database.Dispose();
        _temp.Dispose();
    }

    private static AuditEntry Row => new(Samples.Noon, Samples.Ann, "test.test", "x", "accepted");

    private Task<Answer<JobSeed>> Admit(string id, string owner = "ann", int points = 1, long? bytes = null)
    {
        var spec = Samples.Spec() with { Points = [.. Enumerable.Range(0, points).Select(i => new PointId($"local/p{i}"))], Limits = new JobLimits { Bytes = bytes, Duration = TimeSpan.FromSeconds(1) } };
        return _jobs.Admit(new JobSeed(new JobId(id), owner, spec, Samples.Noon, null), new Caller(owner, "::1"));
    }

    [TestMethod]
    public async Task Jobs_at_one_moment_take_what_there_is_and_not_one_more()
    {
        await _quotas.Put(new Quota { Account = "ann", JobsMax = 7 }, Row);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Admit($"job-{i}")));
        Assert.AreEqual(7, answers.Count(a => a.Ok));
        Assert.IsTrue(answers.Where(a => !a.Ok).All(a => a.Problem!.Code == ProblemCodes.QuotaExceeded));
        Assert.AreEqual(new Usage(0, 7, 7), await _quotas.Used("ann"));
    }

    [TestMethod]
    public async Task Captures_are_counted_over_points_and_come_free_when_a_job_is_final()
    {
        await _quotas.Put(new Quota { Account = "ann", CapturesMax = 5 }, Row);
        Assert.IsTrue((await Admit("job-a", points: 3)).Ok);
        var refused = await Admit("job-b", points: 3);
        Assert.Contains("5 captures at once: 3 are used, and this job asks for 3", refused.Problem!.Message);
        Assert.IsTrue((await Admit("job-c", points: 2)).Ok);
        await _jobs.Record(Samples.View("job-a", 1, JobState.Done), null, [], null);
        Assert.IsTrue((await Admit("job-b", points: 3)).Ok);
    }

    [TestMethod]
    public async Task Bytes_are_those_that_may_come_and_then_those_that_are_stored()
    {
        await _quotas.Put(new Quota { Account = "ann", BytesMax = 1000 }, Row);
        Assert.AreEqual("limits.bytes", (await Admit("job-a")).Problem!.Field);
        Assert.IsTrue((await Admit("job-a", points: 2, bytes: 400)).Ok);
        Assert.AreEqual(800, (await _quotas.Used("ann")).Bytes);
        Assert.IsFalse((await Admit("job-b", bytes: 201)).Ok);
        await _jobs.Record(Samples.View("job-a", 1, JobState.Done), null, [], Samples.DataSet("job-a"));
        Assert.AreEqual(12, (await _quotas.Used("ann")).Bytes);
        await _jobs.Record(Samples.View("job-a", 2, JobState.Done) with { Deleted = Samples.Noon }, null, [], null);
        Assert.AreEqual(0, (await _quotas.Used("ann")).Bytes);
        Assert.IsFalse((await Admit("job-c", points: 64, bytes: long.MaxValue)).Ok, "Too much to add up is too much.");
    }

    [TestMethod]
    public async Task A_group_counts_all_its_members_together()
    {
        await new GroupTable(_database).Put(GroupKind.Accounts, "lab", ["ann", "ben"], Row);
        await _quotas.Put(new Quota { Group = "lab", JobsMax = 2 }, Row);
        Assert.IsTrue((await Admit("job-a", "ann")).Ok);
        Assert.IsTrue((await Admit("job-b", "ben")).Ok);
        Assert.Contains("The group lab", (await Admit("job-c", "ben")).Problem!.Message);
        Assert.IsTrue((await Admit("job-d", "carl")).Ok);
        Assert.AreEqual(2, (await _quotas.Of("ann")).Single().Used.Jobs);
        await _quotas.Put(new Quota { Group = "lab" }, Row);
        Assert.IsEmpty(await _quotas.Quotas());
    }

    [TestMethod]
    public async Task One_that_is_there_already_is_answered_whatever_the_quota()
    {
        Assert.IsTrue((await Admit("job-a")).Ok);
        await _quotas.Put(new Quota { Account = "ann", JobsMax = 0 }, Row);
        Assert.IsTrue((await Admit("job-a")).Ok);
        Assert.IsFalse((await Admit("job-b")).Ok);
    }

    [TestMethod]
    public async Task A_disabled_account_makes_no_job_not_even_by_its_schedules()
    {
        await new AccountTable(_database, TimeProvider.System).Put(new AccountChange("ann", null, null, true), Row);
        Assert.AreEqual(ProblemCodes.Forbidden, (await Admit("job-a")).Problem!.Code);
        Assert.IsNull(await _jobs.Find(new JobId("job-a")));
    }
}

[TestClass]
public sealed class QuotaOnSqliteTests() : QuotaTests(StoreKind.Sqlite);

[TestClass]
[NeedsPostgreSql]
public sealed class QuotaOnPostgreSqlTests() : QuotaTests(StoreKind.PostgreSql);
