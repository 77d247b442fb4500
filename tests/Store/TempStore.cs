// SPDX-License-Identifier: BSD-3-Clause
using Dapper;

namespace Tci.Store.Tests;

/// <summary>A database in a folder of its own, deleted with it.</summary>
public sealed class TempStore : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tci-store-").FullName;

    public string Path => System.IO.Path.Combine(_folder, "tci.db");

    public string File(string name) => System.IO.Path.Combine(_folder, name);

    public StoreOptions Options => new() { Path = Path, BusyWaitMax = TimeSpan.FromSeconds(1) };

    public Task<Database> Open() => Database.Open(Options, TimeProvider.System);

    public static Task<IEnumerable<T>> Query<T>(Database database, string sql) => database.Read(c => c.QueryAsync<T>(sql));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
