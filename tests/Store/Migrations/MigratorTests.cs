// SPDX-License-Identifier: BSD-3-Clause
using Dapper;
using Tci.Store.Migrations;

namespace Tci.Store.Tests.Migrations;

[TestClass]
public sealed class MigratorTests
{
    [TestMethod]
    public async Task Opening_twice_applies_each_migration_once()
    {
        using var temp = new TempStore();
        (await temp.Open()).Dispose();
        using var database = await temp.Open();
        var versions = (await TempStore.Query<long>(database, "SELECT version FROM schema_version ORDER BY version")).ToArray();
        CollectionAssert.AreEqual(Enumerable.Range(1, Migrator.Newest).Select(v => (long)v).ToArray(), versions);
    }

    [TestMethod]
    public async Task A_newer_schema_is_refused()
    {
        using var temp = new TempStore();
        using (var database = await temp.Open())
            await database.Write(t => t.Connection!.ExecuteAsync("INSERT INTO schema_version (version, applied_us) VALUES (999, 0)", transaction: t));
        var e = await Assert.ThrowsExactlyAsync<StoreUnavailableException>(temp.Open);
        Assert.Contains("schema 999", e.Message);
    }
}
