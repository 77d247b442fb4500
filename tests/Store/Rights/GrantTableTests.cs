// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Logging.Abstractions;
using Tci.Contracts;
using Tci.Store.Accounts;
using Tci.Store.Rights;
using Tci.Store.Tests.PostgreSql;
using Tci.Store.Tokens;

namespace Tci.Store.Tests.Rights;

/// <summary>What an account holds: by itself, by its groups, and on the points of a group of points.</summary>
public abstract class GrantTableTests(StoreKind kind)
{
    private static readonly PointId s_one = new("local/one");
    private static readonly PointId s_two = new("local/two");

    private readonly TempStore _temp = new(kind);
    private Database _database = null!;
    private GrantTable _grants = null!;
    private GroupTable _groups = null!;

    [TestInitialize]
    public async Task Open()
    {
        _database = await _temp.Open();
        (_grants, _groups) = (new GrantTable(_database), new GroupTable(_database));
        await new AccountTable(_database, TimeProvider.System).Put(new AccountChange("ann", "Ann", null, null), Row);
    }

    [TestCleanup]
    public void Close()
    {
        _database.Dispose();
        _temp.Dispose();
    }

    private static AuditEntry Row => new(Samples.Noon, Samples.Ann, "test.test", "x", "accepted");

    private static Grant Granted(string id) => new() { Id = $"grant-{id}", Created = Samples.Noon, CreatedBy = "admin", Role = "viewer" };

    [TestMethod]
    public async Task Grants_come_by_oneself_and_by_groups_and_go_when_they_are_taken_away()
    {
        await _groups.Put(GroupKind.Accounts, "research", ["ann"], Row);
        await _groups.Put(GroupKind.Points, "campus", [s_one.Value, s_two.Value], Row);
        await _grants.Add(Granted("own") with { Account = "ann", Point = s_one }, Row);
        await _grants.Add(Granted("group") with { Group = "research", PointGroup = "campus" }, Row);
        await _grants.Add(Granted("other") with { Account = "bob" }, Row);

        var held = await _grants.Of("ann");
        CollectionAssert.AreEqual(new[] { "research" }, held.Groups.ToArray());
        CollectionAssert.AreEquivalent(new[] { "grant-own", "grant-group" }, held.Grants.Select(g => g.Grant.Id).ToArray());
        CollectionAssert.AreEquivalent(new[] { s_one, s_two }, held.Grants.Single(g => g.Grant.Id == "grant-group").Points!.ToArray());

        await _groups.Put(GroupKind.Points, "campus", [s_two.Value], Row);
        CollectionAssert.AreEqual(new[] { s_two }, (await _grants.Of("ann")).Grants.Single(g => g.Grant.Id == "grant-group").Points!.ToArray());
        Assert.IsTrue(await _grants.Remove("grant-own", Row));
        Assert.IsFalse(await _grants.Remove("grant-own", Row));
        Assert.IsTrue(await _groups.Remove(GroupKind.Accounts, "research", Row));
        Assert.HasCount(0, (await _grants.Of("ann")).Grants);
        Assert.HasCount(1, await _grants.Grants(), "what named the group went with it");
    }

    [TestMethod]
    public async Task Groups_are_listed_with_their_members_and_grow_in_version()
    {
        Assert.AreEqual(1, (await _groups.Put(GroupKind.Accounts, "b", ["ann"], Row)).Version);
        Assert.AreEqual(2, (await _groups.Put(GroupKind.Accounts, "b", [], Row)).Version);
        await _groups.Put(GroupKind.Accounts, "a", ["bob", "ann"], Row);
        var groups = await _groups.Groups(GroupKind.Accounts);
        CollectionAssert.AreEqual(new[] { "a", "b" }, groups.Select(g => g.Name).ToArray());
        CollectionAssert.AreEquivalent(new[] { "ann", "bob" }, groups[0].Members.ToArray());
        Assert.HasCount(0, await _groups.Groups(GroupKind.Points));
    }

    [TestMethod]
    public async Task A_token_is_found_by_what_was_shown_once_until_it_is_revoked()
    {
        var tokens = new TokenTable(_database, TimeProvider.System, NullLogger<TokenTable>.Instance);
        var scope = new TokenScope([Capability.See], [s_one]);
        var made = await tokens.Make(new TokenView("token-1", "ann", "script", TokenKind.Api, Samples.Noon, null, null, scope), Row);
        var found = await tokens.Find(made.Text);
        Assert.AreEqual(("token-1", "ann", s_one), (found?.Id, found?.Account, found?.Scope?.Points?.Single()));
        Assert.IsNull(await tokens.Find(made.Text + "x"));
        Assert.HasCount(1, await tokens.Tokens("ann"));
        Assert.HasCount(0, await tokens.Tokens("bob"));
        Assert.IsTrue(await tokens.Revoke("token-1", Row));
        Assert.IsNull(await tokens.Find(made.Text));
    }
}

[TestClass]
public sealed class GrantTableOnSqliteTests() : GrantTableTests(StoreKind.Sqlite);

[TestClass]
[NeedsPostgreSql]
public sealed class GrantTableOnPostgreSqlTests() : GrantTableTests(StoreKind.PostgreSql);
