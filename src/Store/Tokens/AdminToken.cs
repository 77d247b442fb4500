// SPDX-License-Identifier: BSD-3-Clause
using Dapper;
using Microsoft.Extensions.Logging;
using Tci.Contracts;
using Tci.Store.Accounts;
using Tci.Store.Rights;

namespace Tci.Store.Tokens;

/// <summary>How the first administrator's token stands after <see cref="AdminToken.Ensure"/>.</summary>
public enum AdminTokenState
{
    /// <summary>There was none: it was made and its file written.</summary>
    Created,

    /// <summary>The file holds the token that is known.</summary>
    Present,

    /// <summary>A token is known but its file is gone, which is fine where someone keeps it elsewhere.</summary>
    FileMissing,

    /// <summary>The file holds another text than the known token.</summary>
    FileDiffers,
}

/// <summary>The token by which the first administrator signs in: made at the first start and written to a file that only its owner can read.</summary>
public sealed class AdminToken(Database database, TimeProvider clock, ILogger<AdminToken> log)
{
    /// <summary>The account it signs in.</summary>
    public const string Account = "admin";

    /// <summary>The grant by which it may do everything; it cannot be taken away.</summary>
    public const string GrantId = Grant.IdPrefix + "admin";

    private const string Role = "administrator";
    private const string Kind = nameof(TokenKind.Admin);

    /// <summary>Makes the token where none is known; otherwise only looks, and logs what to do where the file does not fit. Its account and grant are there afterwards.</summary>
    /// <exception cref="StoreUnavailableException">The file could not be written; the message says where.</exception>
    public async Task<AdminTokenState> Ensure(string path)
    {
        await Appoint();
        var known = await database.Read(c => c.QuerySingleOrDefaultAsync<string>("SELECT hash FROM tokens WHERE kind = @Kind", new { Kind }));
        if (known is null)
        {
            await Create(path);
            Log.AdminTokenCreated(log, path);
            return AdminTokenState.Created;
        }

        if (!File.Exists(path))
        {
            Log.AdminTokenFileMissing(log, path);
            return AdminTokenState.FileMissing;
        }

        if (TokenText.Hash((await File.ReadAllTextAsync(path)).Trim()) == known) return AdminTokenState.Present;
        Log.AdminTokenFileDiffers(log, path);
        return AdminTokenState.FileDiffers;
    }

    /// <summary>Makes the known token worthless at once; the next start makes another. False where none was known.</summary>
    public async Task<bool> Reset() =>
        await database.Write(t => t.Connection!.ExecuteAsync("DELETE FROM tokens WHERE kind = @Kind", new { Kind }, t)) == 1;

    // File first: after a crash in between the next start makes a new pair, while a stored hash without file would lock everyone out.
    private async Task Create(string path)
    {
        var token = TokenText.Make();
        TokenFile.Write(path, token);
        var view = new TokenView("token-" + TokenText.Hash(token)[..24], Account, "admin-token", TokenKind.Admin, clock.GetUtcNow(), null, null, null);
        await database.Write(t => TokenTable.Add(t, view, token));
    }

    private async Task Appoint()
    {
        if (await database.Read(c => GrantRows.Has(c, GrantId))) return;
        var now = clock.GetUtcNow();
        await database.Write(async t =>
        {
            await AccountRows.Add(t, Account, AccountKind.Local, "First administrator", now);
            await GrantRows.Add(t, new Grant { Id = GrantId, Account = Account, Role = Role, Created = now, CreatedBy = Caller.System.Name });
        });
    }
}
