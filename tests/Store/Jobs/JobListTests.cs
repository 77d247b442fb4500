// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Store.Jobs;
using Tci.Store.Tests.PostgreSql;

namespace Tci.Store.Tests.Jobs;

public abstract class JobListTests(StoreKind kind)
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
        // Pairs share an instant, so that the id must decide between them.
        for (var i = 0; i < 10; i++) await _jobs.Create(Samples.Seed($"job-{i}", Samples.Noon.AddSeconds(i / 2)), Samples.Ann);
    }

    [TestCleanup]
    public void Close()
    {
        _database.Dispose();
        _temp.Dispose();
    }

    [TestMethod]
    public async Task Pages_show_every_job_once_newest_first()
    {
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _catalog.Jobs(new JobQuery(3, cursor, null));
            seen.AddRange(page.Items.Select(j => j.Id.Value));
            cursor = page.Next;
        }
        while (cursor is not null);

        CollectionAssert.AreEqual(Enumerable.Range(0, 10).Reverse().Select(i => $"job-{i}").ToList(), seen);
    }

    [TestMethod]
    public async Task A_page_that_ends_with_the_last_job_has_no_next_one()
    {
        Assert.IsNull((await _catalog.Jobs(new JobQuery(10, null, null))).Next);
        Assert.IsNotNull((await _catalog.Jobs(new JobQuery(9, null, null))).Next);
    }

    [TestMethod]
    public async Task Rows_that_are_added_or_change_between_pages_neither_repeat_nor_hide_others()
    {
        var first = await _catalog.Jobs(new JobQuery(4, null, null));
        await _jobs.Create(Samples.Seed("job-new", Samples.Noon.AddHours(1)), Samples.Ann);
        await _jobs.Record(Samples.View("job-5", 9, JobState.Failed), null, [], null);
        var rest = await _catalog.Jobs(new JobQuery(100, first.Next, null));
        CollectionAssert.AreEqual(new[] { "job-5", "job-4", "job-3", "job-2", "job-1", "job-0" }, rest.Items.Select(j => j.Id.Value).ToArray());
    }

    [TestMethod]
    public async Task A_state_selects()
    {
        await _jobs.Record(Samples.View("job-5", 1, JobState.Done), null, [], null);
        Assert.AreEqual("job-5", (await _catalog.Jobs(new JobQuery(10, null, JobState.Done))).Items.Single().Id.Value);
        Assert.HasCount(9, (await _catalog.Jobs(new JobQuery(10, null, JobState.Scheduled))).Items);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("!!!")]
    [DataRow("AAAA")]
    [DataRow("MSAn")]
    [DataRow("' OR 1=1 --")]
    public async Task A_cursor_that_was_not_made_here_is_refused(string cursor)
    {
        await Assert.ThrowsExactlyAsync<FormatException>(() => _catalog.Jobs(new JobQuery(10, cursor, null)));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(501)]
    public async Task A_limit_outside_1_to_500_is_refused(int limit)
    {
        await Assert.ThrowsExactlyAsync<ArgumentOutOfRangeException>(() => _catalog.Jobs(new JobQuery(limit, null, null)));
    }
}

[TestClass]
public sealed class JobListOnSqliteTests() : JobListTests(StoreKind.Sqlite);

[TestClass]
[NeedsPostgreSql]
public sealed class JobListOnPostgreSqlTests() : JobListTests(StoreKind.PostgreSql);
