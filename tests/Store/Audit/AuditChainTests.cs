// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Store.Audit;
using Tci.Store.Tests.PostgreSql;

namespace Tci.Store.Tests.Audit;

/// <summary>What was done to the rows behind the program's back is found, and named.</summary>
public abstract class AuditChainTests(StoreKind kind)
{
    private readonly TempStore _temp = new(kind);
    private Database _database = null!;

    [TestInitialize]
    public async Task Open()
    {
        _database = await _temp.Open();
        var audit = new AuditLog(_database);
        for (var i = 1; i <= 9; i++) await audit.Write(new AuditEntry(Samples.Noon.AddSeconds(i), Samples.Ann, "job.cancel", $"job-{i}", i % 2 == 0 ? "conflict" : "accepted", i == 5 ? "žluť \0 \ud800" : null));
    }

    [TestCleanup]
    public void Close()
    {
        _database.Dispose();
        _temp.Dispose();
    }

    private Task<AuditVerdict> Check(string? known = null) => new AuditCheck(new AuditTrail(_database)).Run(known);

    private void Sql(string statement) => Assert.IsGreaterThan(0, _temp.Execute(statement));

    [TestMethod]
    public async Task Untouched_it_is_whole_with_odd_texts_too()
    {
        var verdict = await Check();
        Assert.IsNull(verdict.Breach);
        Assert.AreEqual(9, verdict.Rows);
        Assert.AreEqual(64, verdict.LastHash.Length);
        Assert.IsNull((await Check(verdict.LastHash)).Breach);
    }

    [TestMethod]
    [DataRow("account = 'eve'")]
    [DataRow("address = '::2'")]
    [DataRow("action = 'job.stop'")]
    [DataRow("resource = 'job-other'")]
    [DataRow("result = 'accepted '")]
    [DataRow("detail = 'x'")]
    [DataRow("at_us = at_us + 1")]
    [DataRow("hash = previous")]
    public async Task A_changed_row_is_named(string change)
    {
        Sql($"UPDATE audit SET {change} WHERE number = 4");
        Assert.Contains("Row 4", (await Check()).Breach!);
    }

    [TestMethod]
    public async Task A_removed_row_is_named()
    {
        Sql("DELETE FROM audit WHERE number = 6");
        Assert.Contains("Row 6 is missing", (await Check()).Breach!);
        Sql("UPDATE audit SET number = number - 1 WHERE number > 6");
        Assert.Contains("Row 6", (await Check()).Breach!);
    }

    [TestMethod]
    public async Task Rows_that_changed_places_are_named()
    {
        Sql("UPDATE audit SET number = -1 WHERE number = 3; UPDATE audit SET number = 3 WHERE number = 4; UPDATE audit SET number = 4 WHERE number = -1");
        Assert.Contains("Row 3", (await Check()).Breach!);
    }

    [TestMethod]
    public async Task A_row_put_in_with_a_hash_of_its_own_is_named()
    {
        var third = (await new AuditTrail(_database).After(2, 1, new AuditFilter())).Single();
        var forged = AuditChain.Sealed(third with { Number = 4, Resource = "job-forged", Previous = third.Hash! });
        Sql("UPDATE audit SET number = number + 100 WHERE number > 3; UPDATE audit SET number = number - 99 WHERE number > 100");
        Sql($"INSERT INTO audit (at_us, account, address, action, resource, result, number, previous, hash) SELECT at_us, account, address, action, 'job-forged', result, 4, '{third.Hash}', '{forged.Hash}' FROM audit WHERE number = 3");
        // The forged row fits; the one after it cannot.
        Assert.Contains("Row 5", (await Check()).Breach!);
    }

    [TestMethod]
    public async Task Rows_taken_off_the_end_are_missed_by_a_hash_that_was_kept()
    {
        var last = (await Check()).LastHash;
        Sql("DELETE FROM audit WHERE number > 7");
        Assert.IsNull((await Check()).Breach, "Nothing in the chain itself tells.");
        Assert.Contains("taken off the end", (await Check(last)).Breach!);
    }

    [TestMethod]
    public async Task A_command_that_fails_leaves_no_row_and_no_gap()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _database.Write(async t =>
        {
            await AuditRows.Add(t, new AuditEntry(Samples.Noon, Samples.Ann, "job.create", "job-x", "accepted"));
            throw new InvalidOperationException("in the middle");
        }));
        await new AuditLog(_database).Write(new AuditEntry(Samples.Noon, Samples.Ann, "job.cancel", "job-y", "accepted"));
        var verdict = await Check();
        Assert.IsNull(verdict.Breach);
        Assert.AreEqual(10, verdict.Rows);
    }

    [TestMethod]
    public async Task Many_at_one_moment_are_one_chain()
    {
        var audit = new AuditLog(_database);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => audit.Write(new AuditEntry(Samples.Noon, Samples.Ann, "job.stop", $"job-{i}", "accepted"))));
        var verdict = await Check();
        Assert.IsNull(verdict.Breach);
        Assert.AreEqual(209, verdict.Rows);
    }
}

[TestClass]
public sealed class AuditChainOnSqliteTests() : AuditChainTests(StoreKind.Sqlite);

[TestClass]
[NeedsPostgreSql]
public sealed class AuditChainOnPostgreSqlTests() : AuditChainTests(StoreKind.PostgreSql);
