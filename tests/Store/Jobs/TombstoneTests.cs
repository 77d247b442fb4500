// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Store.Jobs;
using Tci.Store.Tests.PostgreSql;

namespace Tci.Store.Tests.Jobs;

public abstract class TombstoneTests(StoreKind kind)
{
    private static readonly JobId s_job = new("job-a");
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
        await _jobs.Create(Samples.Seed("job-a"), Samples.Ann);
        await _jobs.Record(Samples.View("job-a", 1, JobState.Done), null, [Samples.Event("job-a", 1, JobState.Done, "Done.")], Samples.DataSet("job-a"));
        var deleted = Samples.View("job-a", 2, JobState.Done) with { Deleted = Samples.Noon.AddDays(1) };
        await _jobs.Record(deleted, Samples.Noon.AddDays(2), [Samples.Event("job-a", 2, JobState.Done, "Deleted by ann.")], null);
    }

    [TestCleanup]
    public void Close()
    {
        _database.Dispose();
        _temp.Dispose();
    }

    [TestMethod]
    public async Task A_deleted_job_is_in_no_list_and_still_known_by_its_id()
    {
        Assert.IsEmpty((await _catalog.Jobs(new JobQuery(10, null, null))).Items);
        Assert.IsEmpty((await _catalog.Jobs(new JobQuery(10, null, JobState.Done))).Items);
        Assert.AreEqual(Samples.Noon.AddDays(1), (await _catalog.Job(s_job))!.Deleted);
        Assert.IsNotNull(await _jobs.Find(s_job));
    }

    [TestMethod]
    public async Task Its_data_set_is_gone_and_its_history_stays()
    {
        Assert.IsNull(await _catalog.DataSet(s_job));
        CollectionAssert.AreEqual(new[] { "Done.", "Deleted by ann." }, (await _catalog.Events(s_job, 0)).Select(e => e.Text).ToArray());
    }

    [TestMethod]
    public async Task It_stays_due_until_its_data_is_gone()
    {
        Assert.AreEqual(s_job, (await _jobs.Due(Samples.Noon.AddDays(2), 10)).Single());
        await _jobs.Record(Samples.View("job-a", 3, JobState.Done) with { Deleted = Samples.Noon.AddDays(1) }, null, [], null);
        Assert.IsEmpty(await _jobs.Due(Samples.Noon.AddDays(2), 10));
    }

    [TestMethod]
    public async Task Creating_it_again_does_not_bring_it_back()
    {
        await _jobs.Create(Samples.Seed("job-a"), Samples.Ann);
        Assert.IsNotNull((await _catalog.Job(s_job))!.Deleted);
    }
}

[TestClass]
public sealed class TombstoneOnSqliteTests() : TombstoneTests(StoreKind.Sqlite);

[TestClass]
[NeedsPostgreSql]
public sealed class TombstoneOnPostgreSqlTests() : TombstoneTests(StoreKind.PostgreSql);
