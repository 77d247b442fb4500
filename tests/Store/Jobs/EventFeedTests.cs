// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Store.Jobs;
using Tci.Store.Tests.PostgreSql;

namespace Tci.Store.Tests.Jobs;

public abstract class EventFeedTests(StoreKind kind)
{
    private readonly TempStore _temp = new(kind);
    private Database _database = null!;
    private JobCatalog _jobs = null!;
    private EventFeed _feed = null!;

    [TestInitialize]
    public async Task Open()
    {
        _database = await _temp.Open();
        _jobs = new JobCatalog(_database);
        _feed = new EventFeed(_database);
        foreach (var id in new[] { "job-a", "job-b" }) await _jobs.Create(Samples.Seed(id), Samples.Ann);
    }

    [TestCleanup]
    public void Close()
    {
        _database.Dispose();
        _temp.Dispose();
    }

    private Task Record(string job, int sequence) =>
        _jobs.Record(Samples.View(job, sequence, JobState.Waiting), null, [Samples.Event(job, sequence, JobState.Waiting, $"{job} {sequence}")], null);

    [TestMethod]
    public async Task Events_of_all_jobs_come_in_the_order_they_were_written_in()
    {
        Assert.AreEqual(0, await _feed.Last());
        await Record("job-b", 1);
        await Record("job-a", 1);
        await Record("job-b", 2);
        var all = await _feed.After(0, 10);
        CollectionAssert.AreEqual(new[] { "job-b 1", "job-a 1", "job-b 2" }, all.Select(e => e.Event.Text).ToArray());
        CollectionAssert.AreEqual(all.Select(e => e.Number).Order().Distinct().ToArray(), all.Select(e => e.Number).ToArray());
        Assert.AreEqual(all[^1].Number, await _feed.Last());
        Assert.AreEqual(Samples.Json(Samples.Event("job-b", 1, JobState.Waiting, "job-b 1")), Samples.Json(all[0].Event));
    }

    [TestMethod]
    public async Task They_begin_after_the_number_and_are_no_more_than_asked_for()
    {
        for (var i = 1; i <= 5; i++) await Record("job-a", i);
        var first = await _feed.After(0, 2);
        Assert.HasCount(2, first);
        Assert.AreEqual("job-a 3", (await _feed.After(first[^1].Number, 10))[0].Event.Text);
        Assert.IsEmpty(await _feed.After(await _feed.Last(), 10));
    }

    [TestMethod]
    public async Task An_event_that_is_written_again_keeps_its_number_and_what_follows_gets_a_higher_one()
    {
        await Record("job-a", 1);
        var number = await _feed.Last();
        await Record("job-a", 1);
        Assert.AreEqual(number, await _feed.Last());
        await Record("job-a", 2);
        Assert.IsGreaterThan(number, await _feed.Last());
        Assert.HasCount(2, await _feed.After(0, 10));
    }
}

[TestClass]
public sealed class EventFeedOnSqliteTests() : EventFeedTests(StoreKind.Sqlite);

[TestClass]
[NeedsPostgreSql]
public sealed class EventFeedOnPostgreSqlTests() : EventFeedTests(StoreKind.PostgreSql);
