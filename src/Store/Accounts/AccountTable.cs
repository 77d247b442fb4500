// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using Dapper;
using Tci.Contracts;
using Tci.Store.Audit;

namespace Tci.Store.Accounts;

/// <summary>Accounts, and how their sign-ins went.</summary>
public sealed class AccountTable(Database database, TimeProvider clock) : IAccounts
{
    private const string Select =
        """
        SELECT name AS Name, kind AS Kind, display_name AS DisplayName, disabled AS Disabled,
               CAST(CASE WHEN password IS NULL THEN 0 ELSE 1 END AS BIGINT) AS HasPassword, created_us AS CreatedUs
        FROM accounts
        """;

    private const string SelectGroups =
        """
        SELECT member AS Account, name AS Name FROM group_members WHERE kind = 'Accounts'
        UNION SELECT account AS Account, name AS Name FROM claimed_groups ORDER BY 1, 2
        """;

    private const string SelectPassword = "SELECT password FROM accounts WHERE name = @name AND disabled = 0";

    private const string Update =
        """
        UPDATE accounts SET display_name = COALESCE(CAST(@DisplayName AS TEXT), display_name), password = COALESCE(CAST(@PasswordHash AS TEXT), password),
               disabled = COALESCE(CAST(@disabled AS BIGINT), disabled)
        WHERE name = @Name
        """;

    private const string EndSessions = "DELETE FROM tokens WHERE account = @Name AND kind = 'Session'";

    private sealed record Row(string Name, string Kind, string DisplayName, long Disabled, long HasPassword, long CreatedUs);

    private sealed record Membership(string Account, string Name);

    public async Task<IReadOnlyList<AccountView>> Accounts()
    {
        var rows = await database.Read(c => c.QueryAsync<Row>($"{Select} ORDER BY name LIMIT 10000"));
        var groups = (await database.Read(c => c.QueryAsync<Membership>(SelectGroups))).ToLookup(m => m.Account, m => m.Name);
        return [.. rows.Select(r => ViewOf(r, groups[r.Name]))];
    }

    public async Task<AccountView?> Account(string name)
    {
        var row = await database.Read(c => c.QuerySingleOrDefaultAsync<Row>($"{Select} WHERE name = @name", new { name }));
        return row is null ? null : ViewOf(row, await database.Read(c => Rights.GrantRows.GroupsOf(c, name)));
    }

    public Task<string?> PasswordHash(string name) => database.Read(c => c.QuerySingleOrDefaultAsync<string?>(SelectPassword, new { name }));

    public Task<bool> Put(AccountChange change, AuditEntry audit) => database.Write(async t =>
    {
        var isNew = await AccountRows.Add(t, change.Name, AccountKind.Local, change.DisplayName ?? change.Name, clock.GetUtcNow());
        long? disabled = change.Disabled is { } d ? (d ? 1 : 0) : null;
        await t.Connection!.ExecuteAsync(Update, new { change.Name, change.DisplayName, change.PasswordHash, disabled }, t);
        if (change.PasswordHash is not null || change.Disabled == true) await t.Connection!.ExecuteAsync(EndSessions, new { change.Name }, t);
        await AuditRows.Add(t, audit);
        return isNew;
    });

    public Task Meet(string name, string displayName, IReadOnlyList<string> groups, DateTimeOffset issued) => database.Write(t => Meet(t, name, displayName, groups, issued));

    public Task<DateTimeOffset?> Attempt(string name, SignInRules rules, DateTimeOffset now) => database.Write(t => SignInFailures.Attempt(t, name, rules, now));

    public Task Succeeded(string name) => database.Write(t => SignInFailures.Forget(t, name));

    private async Task Meet(DbTransaction t, string name, string displayName, IReadOnlyList<string> groups, DateTimeOffset issued)
    {
        const string update = "UPDATE accounts SET display_name = @displayName, claimed_us = @issued WHERE name = @name AND claimed_us < @issued";
        await AccountRows.Add(t, name, AccountKind.Oidc, displayName, clock.GetUtcNow());
        if (await t.Connection!.ExecuteAsync(update, new { name, displayName, issued = Instants.ToMicroseconds(issued) }, t) == 0) return;
        await t.Connection!.ExecuteAsync("DELETE FROM claimed_groups WHERE account = @name", new { name }, t);
        await t.Connection!.ExecuteAsync("INSERT INTO claimed_groups (account, name) VALUES (@name, @claimed)", groups.Distinct().Select(claimed => new { name, claimed }), t);
    }

    private static AccountView ViewOf(Row row, IEnumerable<string> groups) => new(
        row.Name, Enum.Parse<AccountKind>(row.Kind), row.DisplayName, row.Disabled == 1, row.HasPassword == 1, Instants.FromMicroseconds(row.CreatedUs), [.. groups]);
}
