// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Store.Jobs;
using Tci.Store.Tests.PostgreSql;

namespace Tci.Store.Tests.Jobs;

/// <summary>Jobs are found by the words of their names, labels and filters.</summary>
public abstract class JobWordsTests(StoreKind kind)
{
    private readonly TempStore _temp = new(kind);
    private Database _database = null!;

    [TestInitialize]
    public async Task Open()
    {
        _database = await _temp.Open();
        await Create("job-1", 1, "Evening of the big match", "tcp port 443 and host example.org", ("site", "Brno jih"));
        await Create("job-2", 2, "evenings", null, ("ticket", "INC-2041"));
        await Create("job-3", 3, "DNS only", "udp port 53", ("Žluťoučký", "kůň"));
        await Create("job-4", 4, "a.b OR c* NEAR(d) \"e\"", "vlan 7", ("x", ""));
    }

    [TestCleanup]
    public void Close()
    {
        _database.Dispose();
        _temp.Dispose();
    }

    private Task<JobSeed> Create(string id, int second, string name, string? filter, (string Key, string Value) label) => new JobCatalog(_database).Create(
        new JobSeed(new JobId(id), "ann", Samples.Spec(name) with { Filter = filter ?? "", Labels = new Dictionary<string, string> { [label.Key] = label.Value } }, Samples.Noon.AddSeconds(second), null),
        Samples.Ann);

    private async Task<string> Find(string text)
    {
        var page = await new Catalog(_database).Jobs(new JobQuery(100, null, null) { Filter = new JobFilter { Text = text } });
        return string.Concat(page.Items.Select(j => j.Id.Value[^1]));
    }

    [TestMethod]
    [DataRow("even", "21", DisplayName = "The beginning of a word")]
    [DataRow("evening", "21")]
    [DataRow("evenings", "2")]
    [DataRow("match big", "1", DisplayName = "In any order")]
    [DataRow("brno", "1", DisplayName = "The value of a label")]
    [DataRow("TICKET", "2", DisplayName = "The key of a label, in any case")]
    [DataRow("inc 204", "2", DisplayName = "What is no letter parts words")]
    [DataRow("inc-2041", "2")]
    [DataRow("443", "1", DisplayName = "The filter")]
    [DataRow("port", "31")]
    [DataRow("port dns", "3", DisplayName = "Words of different places")]
    [DataRow("port match tennis", "", DisplayName = "All of them must be there")]
    [DataRow("žluť kŮ", "3")]
    [DataRow("atch", "1", DisplayName = "Within a word of the name")]
    [DataRow("ing he", "1", DisplayName = "Within several words of the name")]
    [DataRow("ch ports", "", DisplayName = "Within one word and nowhere")]
    [DataRow("s", "321", DisplayName = "A letter, also the last of a word of the name")]
    [DataRow("rno", "", DisplayName = "Not within words of labels")]
    public async Task A_search_finds(string text, string found) => Assert.AreEqual(found, await Find(text));

    [TestMethod]
    [DataRow("NEAR(d)", "4")]
    [DataRow("c*", "41")]
    [DataRow("\"e\"", "421")]
    [DataRow("evening OR dns", "")]
    [DataRow("evening*", "21")]
    [DataRow("NOT evening", "")]
    [DataRow("name:evening", "")]
    [DataRow("evening & dns | !", "")]
    [DataRow("even:*", "21")]
    [DataRow("'); DROP TABLE job_words; --", "")]
    [DataRow("\"", "4")]
    [DataRow("\U0010FFFF", "")]
    public async Task What_looks_like_syntax_is_only_text(string text, string found) => Assert.AreEqual(found, await Find(text));

    [TestMethod]
    public async Task A_page_of_words_is_a_page_of_jobs_newest_first()
    {
        var first = await new Catalog(_database).Jobs(new JobQuery(1, null, null) { Filter = new JobFilter { Text = "port" } });
        var second = await new Catalog(_database).Jobs(new JobQuery(1, first.Next, null) { Filter = new JobFilter { Text = "port" } });
        Assert.AreEqual("job-3 job-1", $"{first.Items.Single().Id} {second.Items.Single().Id}");
        Assert.IsNull(second.Next);
    }

    [TestMethod]
    public async Task Very_long_and_very_many_words_do_no_harm()
    {
        var word = new string('w', 300);
        await Create("job-5", 5, "long", string.Join(' ', Enumerable.Range(0, 700).Select(i => $"n{i}")), ("k", word));
        Assert.AreEqual("5", await Find(word));
        Assert.AreEqual("5", await Find("n17"));
        Assert.AreEqual("5", await Find(string.Join(' ', Enumerable.Repeat("long", 3000))));
        await Create("job-6", 6, string.Concat(Enumerable.Repeat("\U00020000", 100)) + "捕获测试", null, ("k", ""));
        Assert.AreEqual("6", await Find("获测"));
        Assert.AreEqual("6", await Find(string.Concat(Enumerable.Repeat("\U00020000", 70))));
    }

    [TestMethod]
    public async Task Words_that_many_jobs_have_are_paged_like_others_while_jobs_are_added()
    {
        // More than are put in order for one search (2000).
        const int count = 2100;
        await Parallel.ForAsync(10, 10 + count, async (i, _) => await Create($"job-{i}", i, $"plenty {(i % 700 == 0 ? "seldom" : "often")}", null, ("site", i % 2 == 0 ? "even" : "odd")));
        var seen = new List<string>();
        var query = new JobQuery(500, null, null) { Filter = new JobFilter { Text = "lent" } };
        do
        {
            var page = await new Catalog(_database).Jobs(query);
            seen.AddRange(page.Items.Select(j => j.Id.Value));
            query = query with { Cursor = page.Next };
            await Create($"job-late-{seen.Count}", 5000 + seen.Count, "plenty", null, ("k", ""));
        }
        while (query.Cursor is not null);
        CollectionAssert.AreEqual(Enumerable.Range(10, count).Reverse().Select(i => $"job-{i}").ToArray(), seen);
        Assert.AreEqual("000", await Find("plenty eldom"), "job-700, job-1400, job-2100");
        Assert.AreEqual("", await Find("plenty tennis"));
        var both = await new Catalog(_database).Jobs(new JobQuery(3, null, null) { Filter = new JobFilter { Text = "plenty often", Labels = [new("site", "odd")] } });
        Assert.AreEqual("job-2109 job-2107 job-2105", string.Join(' ', both.Items.Select(j => j.Id.Value)));
    }
}

[TestClass]
public sealed class JobWordsOnSqliteTests() : JobWordsTests(StoreKind.Sqlite);

[TestClass]
[NeedsPostgreSql]
public sealed class JobWordsOnPostgreSqlTests() : JobWordsTests(StoreKind.PostgreSql);
