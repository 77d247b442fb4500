// SPDX-License-Identifier: BSD-3-Clause
using Dapper;
using Tci.Store.Migrations;
using Tci.Store.Tests.PostgreSql;

namespace Tci.Store.Tests.Migrations;

public abstract class MigratorTests(StoreKind kind)
{
    [TestMethod]
    public async Task Opening_twice_applies_each_migration_once()
    {
        using var temp = new TempStore(kind);
        (await temp.Open()).Dispose();
        using var database = await temp.Open();
        var versions = (await TempStore.Query<long>(database, "SELECT version FROM schema_version ORDER BY version")).ToArray();
        CollectionAssert.AreEqual(Migrator.Versions.Select(v => (long)v).ToArray(), versions);
    }

    [TestMethod]
    public async Task A_newer_schema_is_refused()
    {
        using var temp = new TempStore(kind);
        using (var database = await temp.Open())
            await database.Write(t => t.Connection!.ExecuteAsync("INSERT INTO schema_version (version, applied_us) VALUES (999, 0)", transaction: t));
        var e = await Assert.ThrowsExactlyAsync<StoreUnavailableException>(temp.Open);
        Assert.Contains("schema 999", e.Message);
    }
}

[TestClass]
public sealed class MigratorOnSqliteTests() : MigratorTests(StoreKind.Sqlite);

[TestClass]
[NeedsPostgreSql]
public sealed class MigratorOnPostgreSqlTests() : MigratorTests(StoreKind.PostgreSql);
