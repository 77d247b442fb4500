// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Npgsql;
using NpgsqlTypes;
using Tci.Silo.Storage;
using Tci.Store;
using Tci.Store.Tests.PostgreSql;

namespace Tci.Silo.Tests.Storage;

/// <summary>The part of the database that is Orleans', as its ADO.NET providers use it.</summary>
[TestClass]
public sealed class ClusterDatabaseTests
{
    private readonly string _schema = "c" + Guid.NewGuid().ToString("N");
    private ClusterDatabase _database = null!;

    private string Connection => $"{PostgresServer.Shared.Connection};Search Path={_schema}";

    [TestInitialize]
    public async Task Make()
    {
        if (PostgresServer.Missing is { } missing) Assert.Inconclusive(missing);
        await using var server = NpgsqlDataSource.Create(PostgresServer.Shared.Connection);
        await using var make = server.CreateCommand($"CREATE SCHEMA {_schema}");
        await make.ExecuteNonQueryAsync();
        (await Database.Open(new StoreOptions { PostgreSql = Connection, InCluster = true }, TimeProvider.System)).Dispose();
        _database = new ClusterDatabase(Connection);
    }

    [TestCleanup]
    public async Task Clean()
    {
        if (_database is null) return;
        await Run($"DROP SCHEMA {_schema} CASCADE");
        await _database.DisposeAsync();
    }

    [TestMethod]
    public async Task Several_that_prepare_it_at_once_and_again_make_one_of_everything()
    {
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _database.Migrate(CancellationToken.None)));
        var secret = await _database.Secret(CancellationToken.None);
        await _database.Migrate(CancellationToken.None);
        Assert.AreEqual(secret, await _database.Secret(CancellationToken.None));
        Assert.AreEqual(1L, await Value("SELECT COUNT(*) FROM orleans_secret"));
        await _database.Check(CancellationToken.None);
    }

    [TestMethod]
    public async Task One_that_is_not_prepared_or_newer_is_refused_with_what_to_do()
    {
        var e = await Assert.ThrowsExactlyAsync<StoreUnavailableException>(() => _database.Check(CancellationToken.None));
        Assert.Contains("tci-silo migrate", e.Message);
        await _database.Migrate(CancellationToken.None);
        await Run("INSERT INTO orleans_schema (version) VALUES (999)");
        foreach (var use in new[] { _database.Check, _database.Migrate })
        {
            e = await Assert.ThrowsExactlyAsync<StoreUnavailableException>(() => use(CancellationToken.None));
            Assert.Contains("newer program", e.Message);
        }
    }

    [TestMethod]
    public async Task A_state_is_written_from_the_version_that_is_stored_or_not_at_all()
    {
        await _database.Migrate(CancellationToken.None);
        Assert.AreEqual(1, await Write("job-1", null, """{"wakeUs":5,"state":{"a":1}}"""));
        Assert.IsNull(await Write("job-1", null, """{"wakeUs":null,"state":{"a":2}}"""));
        Assert.AreEqual(2, await Write("job-1", 1, """{"wakeUs":null,"state":{"a": 3}}"""));
        Assert.IsNull(await Write("job-1", 1, """{"wakeUs":null,"state":{"a":4}}"""));
        Assert.AreEqual("""{"a": 3}""", await Value("SELECT payload FROM grain_state WHERE wake_us IS NULL AND kind = 'job' AND key = 'job-1'"));
    }

    /// <summary>Orleans hands over such a key in another parameter, where several would share one row.</summary>
    [TestMethod]
    public async Task A_key_that_reads_as_a_number_is_not_stored()
    {
        await _database.Migrate(CancellationToken.None);
        Assert.IsNull(await Write(null, null, """{"wakeUs":null,"state":{}}""", number: 11));
        Assert.AreEqual(0L, await Value("SELECT COUNT(*) FROM grain_state"));
    }

    [TestMethod]
    public async Task The_user_of_a_probe_reads_nothing_of_people_and_jobs()
    {
        await _database.Migrate(CancellationToken.None);
        await Run($"CREATE USER u{_schema}");
        await Run("INSERT INTO grain_state (kind, key, version, payload) VALUES ('job', 'job-1', 1, '{}'), ('capture', 'p/job-1.0', 1, '{}')");
        await _database.GrantProbe($"u{_schema}", CancellationToken.None);
        await _database.GrantProbe($"u{_schema}", CancellationToken.None);
        await using (var probe = new ClusterDatabase($"{Connection};Username=u{_schema}"))
        {
            await probe.Check(CancellationToken.None);
            Assert.IsEmpty(await probe.Silos(CancellationToken.None));
            await using var states = probe.Source.CreateCommand("SELECT string_agg(kind, ' ') FROM grain_state");
            Assert.AreEqual("capture", await states.ExecuteScalarAsync());
            foreach (var table in new[] { "jobs", "tokens", "accounts", "audit", "account_grants" })
            {
                await using var look = probe.Source.CreateCommand($"SELECT * FROM {table}");
                var e = await Assert.ThrowsExactlyAsync<PostgresException>(() => look.ExecuteScalarAsync());
                Assert.AreEqual(PostgresErrorCodes.InsufficientPrivilege, e.SqlState, table);
            }
        }

        await Run($"DROP OWNED BY u{_schema}");
        await Run($"DROP USER u{_schema}");
    }

    private async Task<int?> Write(string? key, int? version, string payload, long number = 0)
    {
        var statement = (string)(await Value("SELECT QueryText FROM OrleansQuery WHERE QueryKey = 'WriteToStorageKey'"))!;
        await using var command = _database.Source.CreateCommand(statement);
        command.Parameters.Add(new NpgsqlParameter("GrainTypeString", "job"));
        command.Parameters.Add(new NpgsqlParameter("GrainIdExtensionString", NpgsqlDbType.Text) { Value = (object?)key ?? DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter("GrainIdN1", number));
        command.Parameters.Add(new NpgsqlParameter("GrainStateVersion", NpgsqlDbType.Integer) { Value = (object?)version ?? DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter("PayloadBinary", System.Text.Encoding.UTF8.GetBytes(payload)));
        return (int?)await command.ExecuteScalarAsync();
    }

    private async Task<object?> Value(string statement)
    {
        await using var command = _database.Source.CreateCommand(statement);
        return await command.ExecuteScalarAsync();
    }

    private async Task Run(string statement) => await Value(statement);
}
