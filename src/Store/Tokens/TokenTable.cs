// SPDX-License-Identifier: BSD-3-Clause
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Tci.Contracts;

namespace Tci.Store.Tokens;

/// <summary>Tokens by their hash. The database compares hashes, which a guesser cannot steer; the last comparison takes the same time for all.</summary>
public sealed class TokenTable(Database database) : ITokens
{
    private sealed record Row(string Hash, string Account);

    public async Task<string?> Account(string token)
    {
        if (!TokenText.IsPlausible(token)) return null;
        var hash = TokenText.Hash(token);
        var row = await database.Read(c => c.QuerySingleOrDefaultAsync<Row>("SELECT hash AS Hash, account AS Account FROM tokens WHERE hash = @hash", new { hash }));
        if (row is null) return null;
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(row.Hash), Encoding.ASCII.GetBytes(hash)) ? row.Account : null;
    }
}
