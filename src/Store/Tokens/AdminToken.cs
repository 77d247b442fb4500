// SPDX-License-Identifier: BSD-3-Clause
using Dapper;
using Microsoft.Extensions.Logging;

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

    private const string Name = "admin-token";
    private const string Insert = "INSERT INTO tokens (hash, account, name, created_us) VALUES (@hash, @Account, @Name, @now)";

    /// <summary>Makes the token where none is known; otherwise only looks, and logs what to do where the file does not fit.</summary>
    /// <exception cref="StoreUnavailableException">The file could not be written; the message says where.</exception>
    public async Task<AdminTokenState> Ensure(string path)
    {
        var known = await database.Read(c => c.QuerySingleOrDefaultAsync<string>("SELECT hash FROM tokens WHERE name = @Name", new { Name }));
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
        await database.Write(t => t.Connection!.ExecuteAsync("DELETE FROM tokens WHERE name = @Name", new { Name }, t)) == 1;

    // File first: after a crash in between the next start makes a new pair, while a stored hash without file would lock everyone out.
    private async Task Create(string path)
    {
        var token = TokenText.Make();
        TokenFile.Write(path, token);
        await database.Write(t => t.Connection!.ExecuteAsync(Insert, new { hash = TokenText.Hash(token), Account, Name, now = Instants.ToMicroseconds(clock.GetUtcNow()) }, t));
    }
}
