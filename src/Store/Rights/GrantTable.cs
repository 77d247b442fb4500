// SPDX-License-Identifier: BSD-3-Clause
using Dapper;
using Tci.Contracts;
using Tci.Store.Audit;

namespace Tci.Store.Rights;

/// <summary>Grants, and what they come to for one account.</summary>
public sealed class GrantTable(Database database) : IGrants
{
    private const string SelectAccount = "SELECT disabled FROM accounts WHERE name = @account";

    private const string SelectHeld =
        $"""
        SELECT view FROM account_grants WHERE account = @account OR member_group IN ({GrantRows.GroupsOfAccount}) ORDER BY created_us, id
        """;

    private const string SelectPoints = "SELECT member FROM group_members WHERE kind = 'Points' AND name = @name ORDER BY member";

    public async Task<IReadOnlyList<Grant>> Grants()
    {
        var rows = await database.Read(c => c.QueryAsync<string>("SELECT view FROM account_grants ORDER BY created_us, id LIMIT 10000"));
        return [.. rows.Select(Stored.Read<Grant>)];
    }

    public Task<AccountRights> Of(string account) => database.Read(async c =>
    {
        var disabled = await c.QuerySingleOrDefaultAsync<long?>(SelectAccount, new { account });
        var groups = await GrantRows.GroupsOf(c, account);
        var held = new List<HeldGrant>();
        foreach (var grant in (await c.QueryAsync<string>(SelectHeld, new { account })).Select(Stored.Read<Grant>))
        {
            if (grant.PointGroup is not { } name) held.Add(new HeldGrant(grant, grant.Point is { } point ? [point] : null));
            else
                held.Add(new HeldGrant(grant, [.. (await c.QueryAsync<string>(SelectPoints, new { name })).Select(p => new PointId(p))]));
        }

        return new AccountRights(disabled != 0, [.. groups], held);
    });

    public Task Add(Grant grant, AuditEntry audit) => database.Write(async t =>
    {
        await GrantRows.Add(t, grant);
        await AuditRows.Add(t, audit);
    });

    public Task<bool> Remove(string id, AuditEntry audit) => database.Write(async t =>
    {
        if (await t.Connection!.ExecuteAsync("DELETE FROM account_grants WHERE id = @id", new { id }, t) == 0) return false;
        await AuditRows.Add(t, audit);
        return true;
    });
}
