// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using Dapper;
using Tci.Contracts;

namespace Tci.Store.Audit;

/// <summary>The audit's table: rows are added, never changed.</summary>
internal static class AuditRows
{
    private const string Insert =
        """
        INSERT INTO audit (at_us, account, address, action, resource, result)
        VALUES (@at, @account, @address, @action, @resource, @result)
        """;

    /// <summary>Adds a row within a transaction that also does what the row tells of.</summary>
    public static Task Add(DbTransaction transaction, AuditEntry entry) => transaction.Connection!.ExecuteAsync(
        Insert,
        new
        {
            at = Instants.ToMicroseconds(entry.At),
            account = entry.By.Name,
            address = entry.By.From,
            action = entry.Action,
            resource = entry.Resource,
            result = entry.Result,
        },
        transaction);
}
