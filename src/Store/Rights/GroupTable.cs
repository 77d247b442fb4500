// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using Dapper;
using Tci.Contracts;
using Tci.Store.Audit;

namespace Tci.Store.Rights;

/// <summary>Groups of accounts and of points.</summary>
public sealed class GroupTable(Database database) : IGroups
{
    private const string SelectGroups = "SELECT name AS Name, version AS Version FROM member_groups WHERE kind = @kind";

    private const string SelectMembers = "SELECT name AS Name, member AS Member FROM group_members WHERE kind = @kind";

    private const string Upsert =
        """
        INSERT INTO member_groups (kind, name, version) VALUES (@kind, @name, 1)
        ON CONFLICT (kind, name) DO UPDATE SET version = member_groups.version + 1
        RETURNING version
        """;

    private const string InsertMember = "INSERT INTO group_members (kind, name, member) VALUES (@kind, @name, @member) ON CONFLICT (kind, name, member) DO NOTHING";

    private const string DeleteMembers = "DELETE FROM group_members WHERE kind = @kind AND name = @name";

    private sealed record Row(string Name, long Version);

    private sealed record MemberRow(string Name, string Member);

    public Task<IReadOnlyList<GroupView>> Groups(GroupKind kind) => Read("", new { kind = kind.ToString() });

    public async Task<GroupView?> Group(GroupKind kind, string name) => (await Read(" AND name = @name", new { kind = kind.ToString(), name })).SingleOrDefault();

    public Task<GroupView> Put(GroupKind kind, string name, IReadOnlyList<string> members, AuditEntry audit) => database.Write(async t =>
    {
        var key = new { kind = kind.ToString(), name };
        var version = await t.Connection!.ExecuteScalarAsync<long>(Upsert, key, t);
        await t.Connection!.ExecuteAsync(DeleteMembers, key, t);
        await t.Connection!.ExecuteAsync(InsertMember, members.Select(member => new { key.kind, name, member }), t);
        await AuditRows.Add(t, audit);
        return new GroupView(name, [.. members.Distinct().Order(StringComparer.Ordinal)], (int)version);
    });

    public Task<bool> Remove(GroupKind kind, string name, AuditEntry audit) => database.Write(async t =>
    {
        var key = new { kind = kind.ToString(), name };
        if (await t.Connection!.ExecuteAsync("DELETE FROM member_groups WHERE kind = @kind AND name = @name", key, t) == 0) return false;
        await t.Connection!.ExecuteAsync(DeleteMembers, key, t);
        // A group of the same name that is made later must not inherit anything.
        if (kind == GroupKind.Accounts) await ForgetAccounts(t, name);
        else
            await t.Connection!.ExecuteAsync("DELETE FROM account_grants WHERE point_group = @name", new { name }, t);
        await AuditRows.Add(t, audit);
        return true;
    });

    private static async Task ForgetAccounts(DbTransaction t, string name)
    {
        await t.Connection!.ExecuteAsync("DELETE FROM account_grants WHERE member_group = @name", new { name }, t);
        await t.Connection!.ExecuteAsync("DELETE FROM quotas WHERE member_group = @name", new { name }, t);
    }

    private Task<IReadOnlyList<GroupView>> Read(string condition, object values) => database.Read<IReadOnlyList<GroupView>>(async c =>
    {
        var members = (await c.QueryAsync<MemberRow>($"{SelectMembers}{condition} ORDER BY name, member", values)).ToLookup(m => m.Name, m => m.Member);
        var rows = await c.QueryAsync<Row>($"{SelectGroups}{condition} ORDER BY name", values);
        return [.. rows.Select(r => new GroupView(r.Name, [.. members[r.Name]], (int)r.Version))];
    });
}
