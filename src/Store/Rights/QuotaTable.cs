// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using Dapper;
using Tci.Contracts;
using Tci.Store.Audit;

namespace Tci.Store.Rights;

/// <summary>Quotas, and what is used of them: counted over the rows of jobs, so that it can never drift away from them.</summary>
public sealed class QuotaTable(Database database) : IQuotas
{
    private const string Upsert =
        """
        INSERT INTO quotas (account, member_group, view) VALUES (@account, @group, @view)
        ON CONFLICT (account, member_group) DO UPDATE SET view = excluded.view
        """;

    private const string Delete = "DELETE FROM quotas WHERE account = @account AND member_group = @group";

    private const string SelectOf =
        $"""
        SELECT view FROM quotas WHERE account = @account OR member_group IN ({GrantRows.GroupsOfAccount}) ORDER BY account DESC, member_group
        """;

    private const string SelectUsage =
        """
        SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) AS Bytes, CAST(COALESCE(SUM(1 - final), 0) AS BIGINT) AS Jobs,
               CAST(COALESCE(SUM((1 - final) * captures), 0) AS BIGINT) AS Captures
        FROM jobs WHERE deleted = 0 AND
        """;

    private const string OfGroup =
        """
        owner IN (SELECT member FROM group_members WHERE kind = 'Accounts' AND name = @group UNION SELECT account FROM claimed_groups WHERE name = @group)
        """;

    public Task<IReadOnlyList<QuotaView>> Quotas() => database.Read(c => WithUsage(c, null, "SELECT view FROM quotas ORDER BY account, member_group", new { }));

    public Task<IReadOnlyList<QuotaView>> Of(string account) => database.Read(c => Of(c, null, account));

    public Task<Usage> Used(string account) => database.Read(c => Used(c, null, new Quota { Account = account }));

    public Task Put(Quota quota, AuditEntry audit) => database.Write(async t =>
    {
        var isNone = quota is { BytesMax: null, JobsMax: null, CapturesMax: null };
        await t.Connection!.ExecuteAsync(isNone ? Delete : Upsert, new { account = quota.Account ?? "", group = quota.Group ?? "", view = Stored.Write(quota) }, t);
        await AuditRows.Add(t, audit);
    });

    internal static Task<IReadOnlyList<QuotaView>> Of(DbConnection c, DbTransaction? t, string account) => WithUsage(c, t, SelectOf, new { account });

    private static async Task<IReadOnlyList<QuotaView>> WithUsage(DbConnection c, DbTransaction? t, string select, object values)
    {
        var views = new List<QuotaView>();
        foreach (var quota in (await c.QueryAsync<string>(select, values, t)).Select(Stored.Read<Quota>)) views.Add(new QuotaView(quota, await Used(c, t, quota)));
        return views;
    }

    private static Task<Usage> Used(DbConnection c, DbTransaction? t, Quota quota) =>
        c.QuerySingleAsync<Usage>($"{SelectUsage} {(quota.Group is null ? "owner = @account" : OfGroup)}", new { account = quota.Account, group = quota.Group }, t);
}
