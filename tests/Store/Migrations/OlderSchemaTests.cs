// SPDX-License-Identifier: BSD-3-Clause
using Dapper;
using Microsoft.Data.Sqlite;
using Tci.Contracts;
using Tci.Store.Audit;
using Tci.Store.Jobs;
using Tci.Store.Rights;
using Tci.Store.Schedules;

namespace Tci.Store.Tests.Migrations;

/// <summary>A database of the first schema, as an older program left it.</summary>
[TestClass]
public sealed class OlderSchemaTests
{
    [TestMethod]
    public async Task Jobs_and_events_of_the_first_schema_are_found_by_filters_and_the_feed()
    {
        using var temp = new TempStore();
        await Make(temp.Path, jobs: 1100);
        using var database = await temp.Open();
        var filter = new JobFilter { Text = "EVENING", Point = new PointId("local/veth0"), Labels = [new("site", "Brno – jih")], Priorities = [JobPriority.Normal] };
        Assert.HasCount(500, (await new Catalog(database).Jobs(new JobQuery(500, null, null) { Filter = filter })).Items);
        Assert.AreEqual(1100L, (await TempStore.Query<long>(database, "SELECT COUNT(*) FROM jobs WHERE name_folded = 'evening'")).Single());
        var events = await new EventFeed(database).After(0, 10);
        CollectionAssert.AreEqual(new[] { "first", "second", "third" }, events.Select(e => e.Event.Text).ToArray());
        Assert.AreEqual("first", (await new Catalog(database).Events(new JobId("job-1"), 0))[0].Text);
    }

    [TestMethod]
    public async Task Its_audit_is_chained_its_jobs_counted_its_token_kept_and_its_schedules_found()
    {
        using var temp = new TempStore();
        await Make(temp.Path, jobs: 3);
        await using (var connection = new SqliteConnection($"Data Source={temp.Path};Pooling=False"))
        {
            await connection.ExecuteAsync(
                "INSERT INTO audit (at_us, account, address, action, resource, result) VALUES (@i, 'ann', '::1', 'job.cancel', 'job-1', 'accepted')", Enumerable.Range(1, 2500).Select(i => new { i }));
            await connection.ExecuteAsync("INSERT INTO tokens (hash, account, name, created_us) VALUES ('abcdef0123456789abcdef0123456789', 'admin', 'admin-token', 5)");
            var spec = new ScheduleSpec { Name = "nightly", Job = Samples.Spec(), Every = TimeSpan.FromHours(1) };
            var view = new ScheduleView { Id = new ScheduleId("schedule-a"), Owner = "ann", Spec = spec, State = ScheduleState.Active, Created = Samples.Noon, Made = 0, Missed = 0, Version = 1 };
            await connection.ExecuteAsync("INSERT INTO schedules (id, version, ended, created_us, view) VALUES ('schedule-a', 1, 0, 1, @view)", new { view = Samples.Json(view) });
        }

        using var database = await temp.Open();
        var verdict = await new AuditCheck(new AuditTrail(database)).Run(null);
        Assert.IsNull(verdict.Breach);
        Assert.AreEqual(2500, verdict.Rows);
        Assert.AreEqual(new Usage(0, 3, 3), await new QuotaTable(database).Used("ann"));
        Assert.AreEqual("Admin|token-abcdef0123456789abcdef01", (await TempStore.Query<string>(database, "SELECT kind || '|' || id FROM tokens")).Single());
        Assert.HasCount(1, await new ScheduleCatalog(database).Schedules(new JobVisibility(null, [new PointId("local/veth0")])));
        Assert.IsEmpty(await new ScheduleCatalog(database).Schedules(new JobVisibility("ben", [])));
    }

    [TestMethod]
    public async Task A_job_that_was_changed_is_found_by_what_it_is_now()
    {
        using var temp = new TempStore();
        await Make(temp.Path, jobs: 2);
        var view = Samples.View("job-1", 0, JobState.Scheduled);
        view = view with { Spec = view.Spec with { Name = "renamed" } };
        await using (var connection = new SqliteConnection($"Data Source={temp.Path};Pooling=False"))
            await connection.ExecuteAsync("UPDATE jobs SET view = @view WHERE id = 'job-1'", new { view = Samples.Json(view) });
        using var database = await temp.Open();
        foreach (var (text, found) in new[] { ("name", "job-1"), ("evening", "job-0") })
            Assert.AreEqual(found, (await new Catalog(database).Jobs(new JobQuery(10, null, null) { Filter = new JobFilter { Text = text } })).Items.Single().Id.Value);
    }

    private static async Task Make(string path, int jobs)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        await connection.ExecuteAsync(FirstSchema());
        await connection.ExecuteAsync("PRAGMA application_id = 0x54434931; CREATE TABLE schema_version (version BIGINT NOT NULL PRIMARY KEY, applied_us BIGINT NOT NULL); INSERT INTO schema_version VALUES (1, 0)");
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(
            "INSERT INTO jobs (id, owner, created_us, seed, version, state, final, view) VALUES (@id, 'ann', @i, @seed, 0, 'Scheduled', 0, @view)",
            Enumerable.Range(0, jobs).Select(i => new { i, id = $"job-{i}", seed = Samples.Json(Samples.Seed($"job-{i}")), view = Samples.Json(Samples.View($"job-{i}", 0, JobState.Scheduled)) }),
            transaction);
        await connection.ExecuteAsync(
            "INSERT INTO events VALUES ('job-0', 1, 20, 'Waiting', 'second'), ('job-1', 1, 10, 'Waiting', 'first'), ('job-1', 2, 30, 'Done', 'third')", transaction: transaction);
        await transaction.CommitAsync();
    }

    private static string FirstSchema()
    {
        using var reader = new StreamReader(typeof(Database).Assembly.GetManifestResourceStream("migrations/001_first.sql")!);
        return reader.ReadToEnd().Replace("{identity}", "INTEGER PRIMARY KEY AUTOINCREMENT", StringComparison.Ordinal);
    }
}
