// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using Tci.Store.Tests.PostgreSql;

namespace Tci.Store.Tests;

public enum StoreKind
{
    Sqlite,
    PostgreSql,
}

/// <summary>A database of its own, deleted with it: a file, or a schema of the tests' server. In both cases there is a folder for other files.</summary>
public sealed class TempStore(StoreKind kind = StoreKind.Sqlite) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tci-store-").FullName;
    private string? _schema;

    public string Path => System.IO.Path.Combine(_folder, "tci.db");

    public string File(string name) => System.IO.Path.Combine(_folder, name);

    public StoreOptions Options => kind == StoreKind.Sqlite
        ? new() { Path = Path, BusyWaitMax = TimeSpan.FromSeconds(1) }
        : new() { PostgreSql = $"{PostgresServer.Shared.Connection};Search Path={Schema()}", BusyWaitMax = TimeSpan.FromSeconds(5) };

    public Task<Database> Open() => Database.Open(Options, TimeProvider.System);

    /// <summary>Runs a statement behind the program's back; answers with the rows it touched.</summary>
    public int Execute(string statement)
    {
        using DbConnection connection = kind == StoreKind.Sqlite ? new SqliteConnection($"Data Source={Path};Pooling=False") : new NpgsqlConnection(Options.PostgreSql);
        connection.Open();
        return connection.Execute(statement);
    }

    public static Task<IEnumerable<T>> Query<T>(Database database, string sql) => database.Read(c => c.QueryAsync<T>(sql));

    public void Dispose()
    {
        if (_schema is not null) OnServer($"DROP SCHEMA {_schema} CASCADE");
        Directory.Delete(_folder, recursive: true);
    }

    private string Schema()
    {
        if (_schema is null) OnServer($"CREATE SCHEMA {_schema = "t" + Guid.NewGuid().ToString("N")}");
        return _schema!;
    }

    private static void OnServer(string statement)
    {
        using var connection = new NpgsqlConnection(PostgresServer.Shared.Connection);
        connection.Open();
        connection.Execute(statement);
    }
}
