// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Extensions.Logging;
using Tci.Contracts;
using Tci.Store.Audit;

namespace Tci.Store.Tokens;

/// <summary>Tokens by their hash. The database compares hashes, which a guesser cannot steer; the last comparison takes the same time for all.</summary>
public sealed class TokenTable(Database database, TimeProvider clock, ILogger<TokenTable> log) : ITokens
{
    /// <summary>The last use of a token is noted down this often at most.</summary>
    private static readonly TimeSpan s_usedEvery = TimeSpan.FromMinutes(1);

    private const string Select =
        """
        SELECT id AS Id, hash AS Hash, account AS Account, name AS Name, kind AS Kind, created_us AS CreatedUs, expires_us AS ExpiresUs, used_us AS UsedUs, scope AS Scope
        FROM tokens
        """;

    private const string InsertToken =
        """
        INSERT INTO tokens (id, hash, account, name, kind, created_us, expires_us, scope)
        VALUES (@id, @hash, @account, @name, @kind, @created, @expires, @scope)
        """;

    private const string UpdateUsed = "UPDATE tokens SET used_us = @now WHERE id = @id";

    private sealed record Row(string Id, string Hash, string Account, string Name, string Kind, long CreatedUs, long? ExpiresUs, long? UsedUs, string? Scope);

    public async Task<TokenView?> Find(string token)
    {
        if (!TokenText.IsPlausible(token)) return null;
        var hash = TokenText.Hash(token);
        var row = await database.Read(c => c.QuerySingleOrDefaultAsync<Row>($"{Select} WHERE hash = @hash", new { hash }));
        if (row is null || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(row.Hash), Encoding.ASCII.GetBytes(hash))) return null;
        var view = ViewOf(row);
        var now = clock.GetUtcNow();
        if (view.Expires <= now) return null;
        if (view.Used is null || now - view.Used >= s_usedEvery) await NoteUse(view.Id, now);
        return view;
    }

    public async Task<NewToken> Make(TokenView token, AuditEntry audit)
    {
        var text = TokenText.Make();
        await database.Write(async t =>
        {
            await Add(t, token, text);
            await AuditRows.Add(t, audit);
        });
        return new NewToken(token, text);
    }

    public async Task<IReadOnlyList<TokenView>> Tokens(string? account)
    {
        var where = account is null ? "" : "WHERE account = @account";
        var rows = await database.Read(c => c.QueryAsync<Row>($"{Select} {where} ORDER BY created_us DESC, id LIMIT 1000", new { account }));
        return [.. rows.Select(ViewOf)];
    }

    public Task<bool> Revoke(string id, AuditEntry audit) => database.Write(async t =>
    {
        if (await t.Connection!.ExecuteAsync("DELETE FROM tokens WHERE id = @id", new { id }, t) == 0) return false;
        await AuditRows.Add(t, audit);
        return true;
    });

    internal static async Task Add(DbTransaction t, TokenView token, string text)
    {
        // Those that can sign nobody in any more go when a new one comes, so that sign-ins do not pile up.
        await t.Connection!.ExecuteAsync("DELETE FROM tokens WHERE expires_us IS NOT NULL AND expires_us < @past", new { past = Instants.ToMicroseconds(token.Created - TimeSpan.FromDays(30)) }, t);
        var values = new
        {
            id = token.Id,
            hash = TokenText.Hash(text),
            account = token.Account,
            name = token.Name,
            kind = token.Kind.ToString(),
            created = Instants.ToMicroseconds(token.Created),
            expires = Instants.ToMicroseconds(token.Expires),
            scope = token.Scope is null ? null : Stored.Write(token.Scope),
        };
        await t.Connection!.ExecuteAsync(InsertToken, values, t);
    }

    // A store that can only be read still signs people in.
    private async Task NoteUse(string id, DateTimeOffset now)
    {
        try
        {
            await database.Write(t => t.Connection!.ExecuteAsync(UpdateUsed, new { id, now = Instants.ToMicroseconds(now) }, t));
        }
        catch (StoreUnavailableException e)
        {
            Log.TokenUseNotNoted(log, e, id);
        }
    }

    private static TokenView ViewOf(Row row) => new(
        row.Id,
        row.Account,
        row.Name,
        Enum.Parse<TokenKind>(row.Kind),
        Instants.FromMicroseconds(row.CreatedUs),
        row.ExpiresUs is { } expires ? Instants.FromMicroseconds(expires) : null,
        row.UsedUs is { } used ? Instants.FromMicroseconds(used) : null,
        row.Scope is null ? null : Stored.Read<TokenScope>(row.Scope));
}
