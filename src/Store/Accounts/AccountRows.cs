// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using Dapper;
using Tci.Contracts;

namespace Tci.Store.Accounts;

/// <summary>The rows of accounts.</summary>
internal static class AccountRows
{
    private const string Insert =
        """
        INSERT INTO accounts (name, kind, display_name, created_us) VALUES (@name, @kind, @displayName, @created)
        ON CONFLICT (name) DO NOTHING
        """;

    /// <summary>False where it is there already.</summary>
    public static async Task<bool> Add(DbTransaction t, string name, AccountKind kind, string displayName, DateTimeOffset now) =>
        await t.Connection!.ExecuteAsync(Insert, new { name, kind = kind.ToString(), displayName, created = Instants.ToMicroseconds(now) }, t) == 1;
}
