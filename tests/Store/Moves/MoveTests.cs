// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Store.Audit;
using Tci.Store.Jobs;
using Tci.Store.Moves;
using Tci.Store.Tests.PostgreSql;

namespace Tci.Store.Tests.Moves;

/// <summary>An installation moves from one database to another by its export.</summary>
public abstract class MoveTests(StoreKind to)
{
    private readonly TempStore _from = new();
    private readonly TempStore _to = new(to);

    private string Export => _from.File("export");

    [TestInitialize]
    public async Task Fill()
    {
        using var database = await _from.Open();
        var jobs = new JobCatalog(database);
        for (var i = 0; i < 20; i++)
        {
            await jobs.Create(Samples.Seed($"job-{i}", key: $"k{i}"), Samples.Ann);
            await jobs.Record(Samples.View($"job-{i}", 1, JobState.Done), i % 2 == 0 ? Samples.Noon : null, [Samples.Event($"job-{i}", 1, JobState.Done, "žluť \"quoted\"\n\u2028 😀")], Samples.DataSet($"job-{i}"));
        }

        await new AuditLog(database).Write(new AuditEntry(Samples.Noon, Samples.Ann, "point.add", "'; --", "accepted"));
        await new GrainStates(database).Write("job", "job-1", 0, """{"n":1}""", Samples.Noon);
    }

    [TestCleanup]
    public void Clean()
    {
        _from.Dispose();
        _to.Dispose();
    }

    private Task<long> Import() => StoreImport.Run(_to.Options, Export, _ => { });

    private async Task<string> Told<T>() where T : Exception => (await Assert.ThrowsExactlyAsync<T>(Import)).Message;

    private static async Task<string> AllFiles(string folder)
    {
        var files = Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(async f => $"{Path.GetFileName(f)}\n{await File.ReadAllTextAsync(f)}");
        return string.Concat(await Task.WhenAll(files));
    }

    [TestMethod]
    public async Task What_is_exported_again_after_a_move_is_the_same_to_the_byte()
    {
        var said = new List<string>();
        var rows = await StoreExport.Run(_from.Options, Export, said.Add);
        Assert.Contains("jobs: 20 rows", said);
        Assert.AreEqual(rows, await Import());
        var again = _from.File("again");
        Assert.AreEqual(rows, await StoreExport.Run(_to.Options, again, _ => { }));
        Assert.AreEqual(await AllFiles(Export), await AllFiles(again));
    }

    [TestMethod]
    public async Task The_moved_installation_goes_on()
    {
        await StoreExport.Run(_from.Options, Export, _ => { });
        await Import();
        using var database = await _to.Open();
        var jobs = new JobCatalog(database);
        var last = await new EventFeed(database).Last();
        await jobs.Record(Samples.View("job-3", 2, JobState.Done), null, [Samples.Event("job-3", 2, JobState.Done, "next")], null);
        Assert.AreEqual("next", (await new EventFeed(database).After(last, 10)).Single().Event.Text);
        await jobs.Create(Samples.Seed("job-new"), Samples.Ann);
        Assert.AreEqual(2, await new GrainStates(database).Write("job", "job-1", 1, "2", null));
        Assert.HasCount(21, (await new Catalog(database).Jobs(new JobQuery(100, null, null) { Filter = new JobFilter { Text = "evening" } })).Items);
    }

    [TestMethod]
    public async Task A_store_in_use_is_not_exported_and_none_that_is_in_use_or_not_empty_is_filled()
    {
        using (await _from.Open()) await Assert.ThrowsExactlyAsync<StoreUnavailableException>(() => StoreExport.Run(_from.Options, Export, _ => { }));
        Assert.IsFalse(Directory.Exists(Export));
        await StoreExport.Run(_from.Options, Export, _ => { });
        await Assert.ThrowsExactlyAsync<IOException>(() => StoreExport.Run(_from.Options, Export, _ => { }));
        using (await _to.Open()) Assert.Contains("Another process uses", await Told<StoreUnavailableException>());
        await Import();
        Assert.Contains("not empty", await Told<StoreUnavailableException>());
    }

    [TestMethod]
    public async Task An_export_that_is_not_whole_is_refused_and_nothing_is_written()
    {
        await StoreExport.Run(_from.Options, Export, _ => { });
        var events = Path.Combine(Export, "events.jsonl");
        var text = await File.ReadAllTextAsync(events);
        await File.WriteAllTextAsync(events, text.Replace("Done", "Gone"));
        Assert.Contains("events.jsonl is not the one", await Told<FormatException>());
        await File.WriteAllTextAsync(events, text);
        await File.WriteAllTextAsync(Path.Combine(Export, "more.jsonl"), "");
        Assert.Contains("'more.jsonl' is not in the manifest", await Told<FormatException>());
        File.Delete(Path.Combine(Export, "more.jsonl"));
        File.Delete(events);
        Assert.Contains("events.jsonl is missing", await Told<FormatException>());
        File.Delete(Path.Combine(Export, "manifest.json"));
        Assert.Contains("no manifest.json", await Told<FormatException>());
        using var database = await _to.Open();
        Assert.IsEmpty((await new Catalog(database).Jobs(new JobQuery(10, null, null))).Items);
    }

    [TestMethod]
    [DataRow("tci-export-1", "tci-export-9", "tci-export-9")]
    [DataRow("\"schema\":[", "\"schema\":[0,", "has the tables of schema 0")]
    [DataRow("\"audit\"", "\"../audit\"", "cannot be one")]
    [DataRow("\"account\"", "\"acount\"", "does not have the tables and columns")]
    public async Task A_manifest_of_something_else_is_refused(string text, string other, string told)
    {
        await StoreExport.Run(_from.Options, Export, _ => { });
        var manifest = Path.Combine(Export, "manifest.json");
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace(text, other));
        Assert.Contains(told, await Told<FormatException>());
    }

    [TestMethod]
    public async Task Rows_that_contradict_each_other_leave_nothing()
    {
        await StoreExport.Run(_from.Options, Export, _ => { });
        var jobs = await File.ReadAllLinesAsync(Path.Combine(Export, "jobs.jsonl"));
        await Rewrite("jobs", [.. jobs.Skip(1)]);
        await Assert.ThrowsAsync<System.Data.Common.DbException>(Import);
        using var database = await _to.Open();
        Assert.IsEmpty((await new Catalog(database).Jobs(new JobQuery(10, null, null))).Items);
    }

    /// <summary>A file with other lines and a manifest that agrees.</summary>
    private async Task Rewrite(string table, string[] lines)
    {
        var file = Path.Combine(Export, table + ".jsonl");
        var before = Hash(file);
        var rows = (await File.ReadAllLinesAsync(file)).Length;
        await File.WriteAllTextAsync(file, string.Concat(lines.Select(l => l + "\n")));
        var manifest = Path.Combine(Export, "manifest.json");
        var text = await File.ReadAllTextAsync(manifest);
        await File.WriteAllTextAsync(manifest, text.Replace($"\"rows\":{rows},\"sha256\":\"{before}\"", $"\"rows\":{lines.Length},\"sha256\":\"{Hash(file)}\""));
    }

    private static string Hash(string file) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)));
}

[TestClass]
public sealed class MoveToSqliteTests() : MoveTests(StoreKind.Sqlite);

[TestClass]
[NeedsPostgreSql]
public sealed class MoveToPostgreSqlTests() : MoveTests(StoreKind.PostgreSql);
