// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Store.Accounts;
using Tci.Store.Rights;
using Tci.Store.Tests.PostgreSql;

namespace Tci.Store.Tests.Accounts;

public abstract class AccountTableTests(StoreKind kind)
{
    private static readonly SignInRules s_rules = new(3, TimeSpan.FromMinutes(5));
    private readonly TempStore _temp = new(kind);
    private Database _database = null!;
    private AccountTable _accounts = null!;

    [TestInitialize]
    public async Task Open()
    {
        _database = await _temp.Open();
        _accounts = new AccountTable(_database, TimeProvider.System);
    }

    [TestCleanup]
    public void Close()
    {
        _database.Dispose();
        _temp.Dispose();
    }

    private static AuditEntry Row => new(Samples.Noon, Samples.Ann, "test.test", "x", "accepted");

    [TestMethod]
    public async Task A_member_that_is_null_stays_as_it_is()
    {
        Assert.IsTrue(await _accounts.Put(new AccountChange("ann", "Ann", "hash", null), Row));
        Assert.IsFalse(await _accounts.Put(new AccountChange("ann", null, null, true), Row));
        var ann = (await _accounts.Account("ann"))!;
        Assert.AreEqual(("Ann", true, true), (ann.DisplayName, ann.Disabled, ann.HasPassword));
        Assert.IsNull(await _accounts.PasswordHash("ann"), "A disabled account has no password.");
    }

    [TestMethod]
    public async Task The_groups_of_an_account_of_elsewhere_are_those_its_newest_token_names()
    {
        await _accounts.Meet("oidc:bob", "Bob", ["lab", "ops"], Samples.Noon);
        await _accounts.Meet("oidc:bob", "Bobby", ["lab"], Samples.Noon.AddSeconds(10));
        await _accounts.Meet("oidc:bob", "Old", ["root"], Samples.Noon.AddSeconds(5));
        var bob = (await _accounts.Account("oidc:bob"))!;
        Assert.AreEqual("Bobby", bob.DisplayName);
        CollectionAssert.AreEqual(new[] { "lab" }, bob.Groups.ToList());
        CollectionAssert.AreEqual(new[] { "lab" }, (await new GrantTable(_database).Of("oidc:bob")).Groups.ToList());
    }

    [TestMethod]
    public async Task Attempts_lock_a_name_for_a_while_and_then_count_anew()
    {
        for (var i = 0; i < 3; i++) Assert.IsNull(await _accounts.Attempt("ann", s_rules, Samples.Noon));
        Assert.AreEqual(Samples.Noon.AddMinutes(5), await _accounts.Attempt("ann", s_rules, Samples.Noon.AddMinutes(1)));
        for (var i = 0; i < 3; i++) Assert.IsNull(await _accounts.Attempt("ann", s_rules, Samples.Noon.AddMinutes(6)));
        Assert.IsNotNull(await _accounts.Attempt("ann", s_rules, Samples.Noon.AddMinutes(7)));
        Assert.IsNull(await _accounts.Attempt("ben", s_rules, Samples.Noon.AddMinutes(7)));
    }

    [TestMethod]
    public async Task An_account_nobody_knows_may_nothing()
    {
        var rights = await new GrantTable(_database).Of("nobody");
        Assert.IsTrue(rights.IsDisabled);
        Assert.IsEmpty(rights.Grants);
    }
}

[TestClass]
public sealed class AccountTableOnSqliteTests() : AccountTableTests(StoreKind.Sqlite);

[TestClass]
[NeedsPostgreSql]
public sealed class AccountTableOnPostgreSqlTests() : AccountTableTests(StoreKind.PostgreSql);
