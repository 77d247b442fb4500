// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using Dapper;
using Npgsql;
using Tci.Contracts;
using Tci.Store.Jobs;

namespace Tci.Store.Tests.PostgreSql;

/// <summary>What is different with a server that others use too.</summary>
[TestClass]
[NeedsPostgreSql]
public sealed class PostgreSqlTests
{
    private readonly TempStore _temp = new(StoreKind.PostgreSql);

    private StoreOptions Beside => _temp.Options with { Exclusive = false };

    [TestCleanup]
    public void Clean() => _temp.Dispose();

    private static Task<Database> Open(StoreOptions options) => Database.Open(options, TimeProvider.System);

    private static Task<long> Jobs(Database database) => database.Read(c => c.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM jobs"));

    [TestMethod]
    public async Task A_reader_by_number_misses_no_event_of_several_processes_that_write_at_once()
    {
        const int Writers = 4, EventsEach = 50;
        var processes = await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Open(Beside)));
        using var reading = await Open(Beside);
        var feed = new EventFeed(reading);
        var seen = new List<string>();
        var writing = Task.WhenAll(processes.Select((database, p) => Task.Run(() => Write(database, p, EventsEach))));
        for (var last = 0L; seen.Count < Writers * EventsEach;)
        {
            var ended = writing.IsCompleted;
            var page = await feed.After(last, 7);
            seen.AddRange(page.Select(e => e.Event.Text));
            last = page.Count > 0 ? page[^1].Number : last;
            if (ended && page.Count == 0) break;
        }

        await writing;
        foreach (var database in processes) database.Dispose();
        var all = Enumerable.Range(0, Writers).SelectMany(p => Enumerable.Range(1, EventsEach).Select(i => $"{p} {i}"));
        CollectionAssert.AreEquivalent(all.ToList(), seen);
    }

    private static async Task Write(Database database, int process, int events)
    {
        var jobs = new JobCatalog(database);
        var id = $"job-{process}";
        await jobs.Create(Samples.Seed(id), Samples.Ann);
        for (var i = 1; i <= events; i++) await jobs.Record(Samples.View(id, i, JobState.Waiting), null, [Samples.Event(id, i, JobState.Waiting, $"{process} {i}")], null);
    }

    [TestMethod]
    public async Task Several_that_start_at_once_make_the_tables_once()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Open(Beside)));
        foreach (var database in databases)
        {
            Assert.AreEqual(0, await Jobs(database));
            database.Dispose();
        }
    }

    [TestMethod]
    public async Task A_second_server_is_refused_until_the_first_ends_and_maintenance_is_not()
    {
        var first = await _temp.Open();
        var e = await Assert.ThrowsExactlyAsync<StoreUnavailableException>(_temp.Open);
        Assert.Contains("Another process uses", e.Message);
        using (var maintenance = await Open(Beside)) Assert.AreEqual(0, await Jobs(maintenance));
        first.Dispose();
        (await _temp.Open()).Dispose();
    }

    [TestMethod]
    public async Task A_read_cannot_write()
    {
        using var database = await _temp.Open();
        await Assert.ThrowsAsync<DbException>(() => database.Read(c => c.ExecuteAsync("DELETE FROM jobs")));
    }

    [TestMethod]
    public async Task More_reads_at_once_than_connections_are_all_served()
    {
        using var database = await Open(_temp.Options with { ReadersMax = 2 });
        var most = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => database.Read(c => c.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM pg_stat_activity, pg_sleep(0.01) WHERE application_name = @name AND query LIKE '%pg_sleep%'", new { name = "tci" }))));
        Assert.HasCount(20, most);
    }

    [TestMethod]
    public async Task A_writer_that_hangs_with_the_lock_is_told_of_and_the_next_write_is_made()
    {
        using var database = await Open(_temp.Options with { BusyWaitMax = TimeSpan.FromSeconds(1) });
        using var other = await Open(Beside);
        var gate = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        var hanging = other.Write(async _ =>
        {
            begun.SetResult();
            await gate.Task;
        });
        await begun.Task;
        var e = await Assert.ThrowsExactlyAsync<StoreUnavailableException>(() => database.Write(t => t.Connection!.ExecuteAsync("DELETE FROM jobs", transaction: t)));
        Assert.Contains("held by another process", e.Message);
        gate.SetResult();
        await hanging;
        await database.Write(t => t.Connection!.ExecuteAsync("DELETE FROM jobs", transaction: t));
    }

    [TestMethod]
    public async Task Tables_of_another_program_are_refused()
    {
        await using (var connection = new NpgsqlConnection(_temp.Options.PostgreSql))
            await connection.ExecuteAsync("CREATE TABLE cats (name TEXT)");
        var e = await Assert.ThrowsExactlyAsync<StoreUnavailableException>(_temp.Open);
        Assert.Contains("another program", e.Message);
    }

    [TestMethod]
    [DataRow("Database=none", "does not exist")]
    [DataRow("Host=/nowhere", "cannot be reached")]
    [DataRow("Search Path=nowhere", "Search Path")]
    [DataRow("Nonsense=1", "is not understood")]
    public async Task What_is_wrong_with_a_connection_is_told_without_its_password(string wrong, string told)
    {
        var e = await Assert.ThrowsExactlyAsync<StoreUnavailableException>(() => Open(new StoreOptions { PostgreSql = $"{PostgresServer.Shared.Connection};Password=secret;{wrong}" }));
        Assert.Contains(told, e.Message);
        Assert.DoesNotContain("secret", e.ToString());
    }

    [TestMethod]
    public async Task Over_tcp_the_server_takes_back_what_a_process_holds_that_is_cut_off()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var server = new PostgresServer(port);
        using var database = await Open(new StoreOptions { PostgreSql = server.TcpConnection, BusyWaitMax = TimeSpan.FromSeconds(5) });
        foreach (var (name, value) in new[] { ("tcp_keepalives_idle", "10"), ("tcp_keepalives_interval", "5"), ("tcp_keepalives_count", "2"), ("tcp_user_timeout", "20000"), ("idle_in_transaction_session_timeout", "20000") })
            Assert.AreEqual(value, await database.Write(t => t.Connection!.ExecuteScalarAsync<string>("SELECT setting FROM pg_settings WHERE name = @name", new { name }, t)), name);
    }

    [TestMethod]
    public async Task A_server_that_goes_away_is_told_of_and_used_again_when_it_is_back()
    {
        using var server = new PostgresServer();
        using var database = await Open(new StoreOptions { PostgreSql = server.Connection, BusyWaitMax = TimeSpan.FromSeconds(2) });
        var jobs = new JobCatalog(database);
        await jobs.Create(Samples.Seed("job-a"), Samples.Ann);
        server.Stop();
        await Assert.ThrowsExactlyAsync<StoreUnavailableException>(() => jobs.Create(Samples.Seed("job-b"), Samples.Ann));
        await Assert.ThrowsExactlyAsync<StoreUnavailableException>(() => jobs.Find(new JobId("job-a")));
        server.Start();
        Assert.IsNull(await jobs.Find(new JobId("job-b")));
        await jobs.Create(Samples.Seed("job-b"), Samples.Ann);

        // Without a use in between, the connections that are lost look as if they were there.
        server.Stop();
        server.Start();
        await jobs.Create(Samples.Seed("job-c"), Samples.Ann);
        Assert.AreEqual(3, await Jobs(database));
        Assert.IsNotNull(await jobs.Find(new JobId("job-c")));
    }
}
