// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Npgsql;
using Tci.Contracts;
using Tci.Store;

namespace Tci.Silo.Storage;

/// <summary>
/// The part of the PostgreSQL database that is Orleans': who is in the cluster, the statements the ADO.NET providers ask for, reminders. Its tables stand beside
/// those of the store, which have to be there first.
/// </summary>
public sealed class ClusterDatabase : IAsyncDisposable
{
    /// <summary>By which the providers know Npgsql.</summary>
    public const string Invariant = "Npgsql";

    private const string Prefix = "schema/";

    // "TCI2": one program at a time changes the tables.
    private const string TakeTurn = "SELECT pg_advisory_xact_lock(1413695794, hashtext('schema of ' || COALESCE(current_schema(), '')))";
    private const string MakeVersions = "CREATE TABLE IF NOT EXISTS orleans_schema (version INT NOT NULL PRIMARY KEY, applied TIMESTAMPTZ NOT NULL DEFAULT now())";
    private static readonly int s_newest = Files().Max(f => f.Version);

    /// <param name="connection">In Npgsql's words; the same as the store's, or one of a user with fewer rights.</param>
    public ClusterDatabase(string connection)
    {
        var asked = new NpgsqlConnectionStringBuilder(connection);
        Source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection)
        {
            ApplicationName = asked.ApplicationName ?? "tci-silo",
            MaxPoolSize = 16,
            Timeout = 5,
            CommandTimeout = 10,
        });
    }

    /// <summary>The one that all providers of Orleans share.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>Makes what is missing. Twice, and by several programs at once, does no harm.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be used, or a newer program has changed it.</exception>
    public Task Migrate(CancellationToken cancel) => Guard(async () =>
    {
        await using var connection = await Source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Run(connection, TakeTurn, cancel);
        await Run(connection, MakeVersions, cancel);
        var found = await Version(connection, cancel);
        RefuseNewer(found);
        foreach (var (version, name) in Files().Where(f => f.Version > found).OrderBy(f => f.Version))
        {
            await Run(connection, Text(name), cancel);
            await Run(connection, $"INSERT INTO orleans_schema (version) VALUES ({version})", cancel);
        }

        await transaction.CommitAsync(cancel);
    });

    /// <summary>Lets a user do what a silo with the role probe alone does: see who is in the cluster, and keep the state of captures and runs. Nothing of jobs, accounts or the audit.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be used, or knows no such user.</exception>
    public Task GrantProbe(string user, CancellationToken cancel) => Guard(async () =>
    {
        await using var connection = await Source.OpenConnectionAsync(cancel);
        await using var asked = new NpgsqlCommand("SELECT current_schema()", connection);
        using var quoting = new NpgsqlCommandBuilder();
        var (schema, to) = (quoting.QuoteIdentifier((string)(await asked.ExecuteScalarAsync(cancel))!), quoting.QuoteIdentifier(user));
        await Run(connection, $"GRANT USAGE ON SCHEMA {schema} TO {to}", cancel);
        await Run(connection, $"GRANT SELECT ON OrleansQuery, orleans_schema, orleans_secret TO {to}", cancel);
        await Run(connection, $"GRANT SELECT, INSERT, UPDATE, DELETE ON orleans_cluster, orleans_silo, orleans_reminder, grain_state TO {to}", cancel);

        // The owner of the table is not held by policies; others see what one lets them.
        var policy = quoting.QuoteIdentifier("of " + user);
        await Run(connection, $"ALTER TABLE grain_state ENABLE ROW LEVEL SECURITY; DROP POLICY IF EXISTS {policy} ON grain_state; CREATE POLICY {policy} ON grain_state TO {to} USING (kind IN ('capture', 'run'))", cancel);
    });

    /// <summary>For a user who may not change tables.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be used, or it is not prepared for this program.</exception>
    public Task Check(CancellationToken cancel) => Guard(async () =>
    {
        await using var connection = await Source.OpenConnectionAsync(cancel);
        var found = await Version(connection, cancel);
        RefuseNewer(found);
        if (found < s_newest) throw new StoreUnavailableException($"The database has tables of an older program for the cluster ({found}, needed {s_newest}): 'tci-silo migrate' with an administrator's connection brings them up to date.");
    });

    /// <summary>What the file ports of probes want to see; made with the tables.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be used, or it is not prepared.</exception>
    public async Task<string> Secret(CancellationToken cancel)
    {
        var secret = "";
        await Guard(async () =>
        {
            await using var command = Source.CreateCommand("SELECT secret FROM orleans_secret");
            secret = (string)(await command.ExecuteScalarAsync(cancel))!;
        });
        return secret;
    }

    /// <summary>Those that are there or were lately, by name, the present one of each first.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be used, or it is not prepared.</exception>
    public Task<IReadOnlyList<SiloRow>> Silos(CancellationToken cancel) => Rows(
        "SELECT name, address || ':' || port, host, status, start_time, alive_time FROM orleans_silo ORDER BY name, status = 6, start_time DESC",
        r => new SiloRow(r.GetString(0), r.GetString(1), r.GetString(2), $"{(SiloStatus)r.GetInt32(3)}", r.GetFieldValue<DateTimeOffset>(4), r.GetFieldValue<DateTimeOffset>(5)),
        cancel);

    /// <summary>What the store's row of each probe says; the database is read as it is, without bringing it up to date.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be used, or it is not prepared.</exception>
    public Task<IReadOnlyList<ProbeView>> Probes(CancellationToken cancel) =>
        Rows("SELECT view FROM probes ORDER BY id", r => JsonSerializer.Deserialize<ProbeView>(r.GetString(0), ContractJson.Options)!, cancel);

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    private async Task<IReadOnlyList<T>> Rows<T>(string statement, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        var rows = new List<T>();
        await Guard(async () =>
        {
            await using var command = Source.CreateCommand(statement);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel)) rows.Add(read(reader));
        });
        return rows;
    }

    private static void RefuseNewer(int found)
    {
        if (found > s_newest) throw new StoreUnavailableException($"The database has tables of a newer program for the cluster ({found}; this one knows {s_newest}). Start the newer program.");
    }

    private static async Task<int> Version(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT COALESCE(MAX(version), 0) FROM orleans_schema", connection);
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task Run(NpgsqlConnection connection, string text, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task Guard(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            throw new StoreUnavailableException("The database is not prepared for a cluster: 'tci-silo migrate' with an administrator's connection does that.", e);
        }
        catch (NpgsqlException e)
        {
            throw new StoreUnavailableException($"The database of the cluster cannot be used: {e.Message}", e);
        }
    }

    private static IEnumerable<(int Version, string Name)> Files() =>
        from name in typeof(ClusterDatabase).Assembly.GetManifestResourceNames()
        where name.StartsWith(Prefix, StringComparison.Ordinal)
        select (int.Parse(name.AsSpan(Prefix.Length, 3)), name);

    private static string Text(string name)
    {
        using var reader = new StreamReader(typeof(ClusterDatabase).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
