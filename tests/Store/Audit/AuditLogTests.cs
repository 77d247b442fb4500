// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Store.Audit;
using Tci.Store.Tests.PostgreSql;

namespace Tci.Store.Tests.Audit;

public abstract class AuditLogTests(StoreKind kind)
{
    [TestMethod]
    public async Task Rows_keep_their_order_and_odd_texts()
    {
        using var temp = new TempStore(kind);
        using var database = await temp.Open();
        var audit = new AuditLog(database);
        await audit.Write(new AuditEntry(Samples.Noon, Samples.Ann, "job.cancel", "job-a", "accepted"));
        await audit.Write(new AuditEntry(Samples.Noon, new Caller("'; DROP TABLE audit; --", "::1"), "point.add", "é\u2028", "conflict"));
        var rows = (await TempStore.Query<string>(database, "SELECT id || '|' || at_us || '|' || account || '|' || resource || '|' || result FROM audit ORDER BY id")).ToList();
        CollectionAssert.AreEqual(new[] { "1|1772366400000000|ann|job-a|accepted", "2|1772366400000000|'; DROP TABLE audit; --|é\u2028|conflict" }, rows);
    }
}

[TestClass]
public sealed class AuditLogOnSqliteTests() : AuditLogTests(StoreKind.Sqlite);

[TestClass]
[NeedsPostgreSql]
public sealed class AuditLogOnPostgreSqlTests() : AuditLogTests(StoreKind.PostgreSql);
