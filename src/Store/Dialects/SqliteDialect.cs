// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Tci.Store.Dialects;

/// <summary>SQLite: write-ahead log, every commit flushed to the disk.</summary>
internal sealed class SqliteDialect(StoreOptions options) : Dialect
{
    // "TCI1", in the header of the file: a database of another program is refused.
    private const int ApplicationId = 0x54434931;
    private readonly StoreLock? _lock = options.Exclusive ? new StoreLock(options.Path) : null;

    public override string Place => options.Path;

    public override string Schema(string migration) =>
        migration.Replace("{identity}", "INTEGER PRIMARY KEY AUTOINCREMENT", StringComparison.Ordinal).Replace("{by_key}", "WITHOUT ROWID", StringComparison.Ordinal);

    public override string Tables => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'";

    public override string Key => "SELECT name FROM pragma_table_info(@table) WHERE pk > 0 ORDER BY pk";

    public override string References => "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list(@table) WHERE \"table\" <> @table ORDER BY 1";

    public override async Task Prepare()
    {
        StoreFile.Make(options.Path);
        _lock?.Take();
        await using var connection = await Open(forReading: false);
        var application = await connection.ExecuteScalarAsync<long>("PRAGMA application_id");
        var tables = await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM sqlite_master");
        if (application != ApplicationId && tables > 0)
            throw new StoreUnavailableException($"'{Place}' is a database of another program. Name another file, or move this one away.");
        await connection.ExecuteAsync($"PRAGMA application_id = {ApplicationId}; PRAGMA journal_mode = WAL;");
    }

    public override async Task<DbConnection> Open(bool forReading)
    {
        var connection = new SqliteConnection(ConnectionString(forReading));
        try
        {
            await connection.OpenAsync();
            await connection.ExecuteAsync(forReading ? "PRAGMA query_only = ON" : "PRAGMA synchronous = FULL");
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override string? Explain(DbException error) => error is not SqliteException sqlite ? null : sqlite.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
            $"'{Place}' is locked by another process for more than {options.BusyWaitMax.TotalSeconds:0.#} s. End that process and try again.",
        raw.SQLITE_NOTADB =>
            $"'{Place}' is not an SQLite database. Name the right file, or restore it from a backup.",
        raw.SQLITE_CORRUPT =>
            $"'{Place}' is damaged. Stop the server, keep a copy, and restore a backup or recover it with 'sqlite3 FILE .recover'.",
        raw.SQLITE_FULL => $"The file system of '{Place}' is full. Free some space; nothing that was accepted is lost.",
        raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_READONLY or raw.SQLITE_AUTH =>
            $"'{Place}' cannot be opened for writing. Check that it and its folder belong to the user who runs this program.",
        raw.SQLITE_IOERR => $"Reading or writing '{Place}' failed ({sqlite.Message}). Check the disk.",
        _ => null,
    };

    public override void Dispose()
    {
        foreach (var forReading in new[] { true, false })
        {
            using var connection = new SqliteConnection(ConnectionString(forReading));
            SqliteConnection.ClearPool(connection);
        }

        _lock?.Dispose();
    }

    // Two texts and therefore two pools, so that a connection keeps its role.
    private string ConnectionString(bool forReading) => new SqliteConnectionStringBuilder
    {
        DataSource = options.Path,
        Mode = SqliteOpenMode.ReadWrite,
        ForeignKeys = true,
        Pooling = true,
        DefaultTimeout = Math.Max(1, (int)options.BusyWaitMax.TotalSeconds) + (forReading ? 1 : 0),
    }.ToString();
}
