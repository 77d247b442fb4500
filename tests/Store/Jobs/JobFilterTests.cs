// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Store.Jobs;
using Tci.Store.Tests.PostgreSql;

namespace Tci.Store.Tests.Jobs;

public abstract class JobFilterTests(StoreKind kind)
{
    private readonly TempStore _temp = new(kind);
    private Database _database = null!;
    private JobCatalog _jobs = null!;

    [TestInitialize]
    public async Task Open()
    {
        _database = await _temp.Open();
        _jobs = new JobCatalog(_database);
        await Create("job-1", "Evening 100%", 1, "ann", JobPriority.Low, ["local/a"], ("site", "brno"));
        await Create("job-2", "evening_2", 2, "ann", JobPriority.High, ["local/a", "far/b"], ("site", "praha"), ("kind", ""));
        await Create("job-3", "ŽLUŤOUČKÝ kůň", 3, "bob", JobPriority.Normal, ["far/b"]);
        await Create("job-4", "other", 4, "bob", JobPriority.Critical, ["far/bb"], ("Site", "brno"));
        await _jobs.Record(Samples.View("job-2", 1, JobState.Failed), null, [], null);
        await _jobs.Record(Samples.View("job-3", 1, JobState.Done), null, [], null);
    }

    [TestCleanup]
    public void Close()
    {
        _database.Dispose();
        _temp.Dispose();
    }

    private Task<JobSeed> Create(string id, string name, int second, string owner, JobPriority priority, string[] points, params (string Key, string Value)[] labels) => _jobs.Create(
        new JobSeed(
            new JobId(id),
            owner,
            Samples.Spec(name) with { Priority = priority, Points = [.. points.Select(p => new PointId(p))], Labels = labels.ToDictionary(l => l.Key, l => l.Value) },
            Samples.Noon.AddSeconds(second),
            null),
        Samples.Ann);

    /// <summary>The numbers of the jobs found, newest first.</summary>
    private async Task<string> Find(JobFilter filter, int limit = 500)
    {
        var found = "";
        string? cursor = null;
        do
        {
            var page = await new Catalog(_database).Jobs(new JobQuery(limit, cursor, null) { Filter = filter });
            found += string.Concat(page.Items.Select(j => j.Id.Value["job-".Length..]));
            cursor = page.Next;
        }
        while (cursor is not null);
        return found;
    }

    [TestMethod]
    public async Task Nothing_asked_shows_all() => Assert.AreEqual("4321", await Find(JobFilter.None));

    [TestMethod]
    public async Task Any_of_several_states_and_priorities_selects()
    {
        Assert.AreEqual("32", await Find(new JobFilter { States = [JobState.Done, JobState.Failed] }));
        Assert.AreEqual("42", await Find(new JobFilter { Priorities = [JobPriority.High, JobPriority.Critical] }));
        Assert.AreEqual("2", await Find(new JobFilter { States = [JobState.Done, JobState.Failed], Priorities = [JobPriority.High, JobPriority.Critical] }));
    }

    [TestMethod]
    public async Task An_owner_and_a_point_select_exactly()
    {
        Assert.AreEqual("43", await Find(new JobFilter { Owner = "bob" }));
        Assert.AreEqual("", await Find(new JobFilter { Owner = "bo" }));
        Assert.AreEqual("32", await Find(new JobFilter { Point = new PointId("far/b") }));
        Assert.AreEqual("", await Find(new JobFilter { Point = new PointId("far/B") }));
    }

    [TestMethod]
    public async Task Every_label_asked_for_must_be_there()
    {
        Assert.AreEqual("21", await Find(new JobFilter { Labels = [new("site", null)] }));
        Assert.AreEqual("1", await Find(new JobFilter { Labels = [new("site", "brno")] }));
        Assert.AreEqual("2", await Find(new JobFilter { Labels = [new("site", null), new("kind", "")] }));
        Assert.AreEqual("", await Find(new JobFilter { Labels = [new("site", "brno"), new("kind", null)] }));
    }

    [TestMethod]
    [DataRow("EVENING", "21")]
    [DataRow("žluť", "3")]
    [DataRow("KŮŇ", "3")]
    [DataRow("%", "1")]
    [DataRow("_", "2")]
    [DataRow("!", "")]
    [DataRow("' OR 1=1 --", "")]
    [DataRow("", "4321")]
    public async Task A_text_is_found_anywhere_in_the_name_in_any_case_and_stands_for_itself(string text, string found) =>
        Assert.AreEqual(found, await Find(new JobFilter { Text = text }));

    [TestMethod]
    public async Task Times_bound_the_creation_the_first_included_and_the_last_not()
    {
        Assert.AreEqual("432", await Find(new JobFilter { From = Samples.Noon.AddSeconds(2) }));
        Assert.AreEqual("43", await Find(new JobFilter { From = Samples.Noon.AddSeconds(2).AddTicks(1) }));
        Assert.AreEqual("1", await Find(new JobFilter { To = Samples.Noon.AddSeconds(2) }));
        Assert.AreEqual("21", await Find(new JobFilter { To = Samples.Noon.AddSeconds(2).AddTicks(1) }));
        Assert.AreEqual("", await Find(new JobFilter { From = DateTimeOffset.MaxValue }));
        Assert.AreEqual("4321", await Find(new JobFilter { From = DateTimeOffset.MinValue, To = DateTimeOffset.MaxValue }));
    }

    [TestMethod]
    public async Task Pages_of_a_selection_show_each_job_once()
    {
        Assert.AreEqual("432", await Find(new JobFilter { From = Samples.Noon.AddSeconds(2) }, limit: 1));
        Assert.AreEqual("42", await Find(new JobFilter { Priorities = [JobPriority.High, JobPriority.Critical] }, limit: 1));
    }
}

[TestClass]
public sealed class JobFilterOnSqliteTests() : JobFilterTests(StoreKind.Sqlite);

[TestClass]
[NeedsPostgreSql]
public sealed class JobFilterOnPostgreSqlTests() : JobFilterTests(StoreKind.PostgreSql);
