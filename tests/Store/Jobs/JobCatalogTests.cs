// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Store.Jobs;
using Tci.Store.Tests.PostgreSql;

namespace Tci.Store.Tests.Jobs;

public abstract class JobCatalogTests(StoreKind kind)
{
    private readonly TempStore _temp = new(kind);
    private Database _database = null!;
    private JobCatalog _jobs = null!;
    private Catalog _catalog = null!;

    [TestInitialize]
    public async Task Open()
    {
        _database = await _temp.Open();
        _jobs = new JobCatalog(_database);
        _catalog = new Catalog(_database);
    }

    [TestCleanup]
    public void Close()
    {
        _database.Dispose();
        _temp.Dispose();
    }

    [TestMethod]
    public async Task Creating_writes_the_job_its_key_and_its_audit_row()
    {
        var seed = Samples.Seed("job-a", key: "k1");
        Assert.AreEqual(Samples.Json(seed), Samples.Json(await _jobs.Create(seed, Samples.Ann)));
        Assert.AreEqual(Samples.Json(seed), Samples.Json(await _jobs.Find(seed.Id)));
        var view = await _catalog.Job(seed.Id);
        Assert.AreEqual((JobState.Scheduled, 0), (view!.State, view.Version));
        var audit = (await TempStore.Query<string>(_database, "SELECT account || ' ' || address || ' ' || action || ' ' || resource || ' ' || result FROM audit")).Single();
        Assert.AreEqual("ann 192.0.2.7 job.create job-a accepted", audit);
        Assert.AreEqual("k1", (await TempStore.Query<string>(_database, "SELECT idempotency_key FROM jobs")).Single());
    }

    [TestMethod]
    public async Task Creating_again_changes_nothing_and_answers_with_the_first_seed()
    {
        var first = await _jobs.Create(Samples.Seed("job-a"), Samples.Ann);
        var second = await _jobs.Create(Samples.Seed("job-a", Samples.Noon.AddHours(1)) with { Spec = Samples.Spec("other") }, Samples.Ann);
        Assert.AreEqual(Samples.Json(first), Samples.Json(second));
        Assert.AreEqual(1L, (await TempStore.Query<long>(_database, "SELECT COUNT(*) FROM audit")).Single());
    }

    [TestMethod]
    public async Task A_creation_that_fails_half_way_leaves_nothing()
    {
        await _database.Write(t => Dapper.SqlMapper.ExecuteAsync(t.Connection!, "DROP TABLE audit", transaction: t));
        await Assert.ThrowsAsync<System.Data.Common.DbException>(() => _jobs.Create(Samples.Seed("job-a"), Samples.Ann));
        Assert.IsNull(await _jobs.Find(new JobId("job-a")));
    }

    [TestMethod]
    public async Task Twenty_creations_at_once_make_one_job()
    {
        var seeds = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _jobs.Create(Samples.Seed("job-a", Samples.Noon.AddSeconds(i)), Samples.Ann)));
        Assert.AreEqual(1, seeds.Select(s => s.Created).Distinct().Count());
        Assert.AreEqual(1L, (await TempStore.Query<long>(_database, "SELECT COUNT(*) FROM audit")).Single());
    }

    [TestMethod]
    public async Task An_unknown_job_is_null_everywhere()
    {
        var id = new JobId("job-none");
        Assert.IsNull(await _jobs.Find(id));
        Assert.IsNull(await _catalog.Job(id));
        Assert.IsNull(await _catalog.DataSet(id));
        Assert.IsEmpty(await _catalog.Events(id, 0));
    }

    [TestMethod]
    public async Task Recording_keeps_the_newest_version_and_every_event_once()
    {
        await _jobs.Create(Samples.Seed("job-a"), Samples.Ann);
        var capturing = Samples.Event("job-a", 1, JobState.Capturing, "started");
        var done = Samples.Event("job-a", 2, JobState.Done, "done");
        await _jobs.Record(Samples.View("job-a", 5, JobState.Done), null, [done], Samples.DataSet("job-a"));
        await _jobs.Record(Samples.View("job-a", 4, JobState.Capturing), Samples.Noon, [capturing, done with { Text = "changed" }], null);

        Assert.AreEqual(JobState.Done, (await _catalog.Job(new JobId("job-a")))!.State);
        Assert.AreEqual(Samples.Json<IReadOnlyList<JobEvent>>([capturing, done]), Samples.Json(await _catalog.Events(new JobId("job-a"), 0)));
        Assert.AreEqual(Samples.Json(Samples.DataSet("job-a")), Samples.Json(await _catalog.DataSet(new JobId("job-a"))));
    }

    [TestMethod]
    public async Task Events_begin_after_the_sequence_asked_for_and_are_at_most_a_thousand()
    {
        await _jobs.Create(Samples.Seed("job-a"), Samples.Ann);
        var events = Enumerable.Range(1, 1200).Select(i => Samples.Event("job-a", i, JobState.Waiting, $"event {i}")).ToList();
        await _jobs.Record(Samples.View("job-a", 1, JobState.Waiting), null, events, null);
        var first = await _catalog.Events(new JobId("job-a"), 0);
        Assert.HasCount(1000, first);
        var rest = await _catalog.Events(new JobId("job-a"), first[^1].Sequence);
        Assert.AreEqual((1001, 1200), (rest[0].Sequence, rest[^1].Sequence));
    }

    [TestMethod]
    public async Task Recording_a_job_that_was_never_created_is_refused()
    {
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => _jobs.Record(Samples.View("job-x", 1, JobState.Waiting), null, [], null));
    }

    [TestMethod]
    public async Task Due_are_the_overdue_ones_oldest_first_final_ones_with_work_left_too()
    {
        foreach (var id in new[] { "job-late", "job-soon", "job-done", "job-never", "job-later" }) await _jobs.Create(Samples.Seed(id), Samples.Ann);
        await _jobs.Record(Samples.View("job-late", 1, JobState.Waiting), Samples.Noon.AddSeconds(-9), [], null);
        await _jobs.Record(Samples.View("job-soon", 1, JobState.Waiting), Samples.Noon, [], null);
        await _jobs.Record(Samples.View("job-done", 1, JobState.Done), Samples.Noon.AddHours(-1), [], null);
        await _jobs.Record(Samples.View("job-never", 1, JobState.Waiting), null, [], null);
        await _jobs.Record(Samples.View("job-later", 1, JobState.Waiting), Samples.Noon.AddSeconds(1), [], null);
        CollectionAssert.AreEqual(new[] { "job-done", "job-late", "job-soon" }, (await _jobs.Due(Samples.Noon, 10)).Select(j => j.Value).ToArray());
        Assert.HasCount(1, await _jobs.Due(Samples.Noon, 1));
    }

    [TestMethod]
    public async Task A_job_whose_grain_never_took_a_step_is_due_at_once()
    {
        await _jobs.Create(Samples.Seed("job-a"), Samples.Ann);
        Assert.AreEqual("job-a", (await _jobs.Due(Samples.Noon, 10)).Single().Value);
    }
}

[TestClass]
public sealed class JobCatalogOnSqliteTests() : JobCatalogTests(StoreKind.Sqlite);

[TestClass]
[NeedsPostgreSql]
public sealed class JobCatalogOnPostgreSqlTests() : JobCatalogTests(StoreKind.PostgreSql);
