// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using Dapper;
using Tci.Contracts;

namespace Tci.Store.Rights;

/// <summary>The rows of grants, and the groups that lead to them.</summary>
internal static class GrantRows
{
    /// <summary>The groups an account is in: those it was put in here, and those its newest token of elsewhere names. Stands in a statement with <c>@account</c>.</summary>
    public const string GroupsOfAccount =
        """
        SELECT name FROM group_members WHERE kind = 'Accounts' AND member = @account
        UNION SELECT name FROM claimed_groups WHERE account = @account
        """;

    private const string Insert =
        """
        INSERT INTO account_grants (id, account, member_group, point_group, created_us, view) VALUES (@id, @account, @group, @pointGroup, @created, @view)
        ON CONFLICT (id) DO NOTHING
        """;

    public static async Task<bool> Has(DbConnection connection, string id) =>
        await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM account_grants WHERE id = @id", new { id }) > 0;

    public static Task<IEnumerable<string>> GroupsOf(DbConnection connection, string account) =>
        connection.QueryAsync<string>($"{GroupsOfAccount} ORDER BY 1", new { account });

    public static Task Add(DbTransaction t, Grant grant)
    {
        var values = new
        {
            id = grant.Id,
            account = grant.Account,
            group = grant.Group,
            pointGroup = grant.PointGroup,
            created = Instants.ToMicroseconds(grant.Created),
            view = Stored.Write(grant),
        };
        return t.Connection!.ExecuteAsync(Insert, values, t);
    }
}
