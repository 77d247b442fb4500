// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using Dapper;
using Tci.Contracts;

namespace Tci.Store.Audit;

/// <summary>The audit's table: rows are added, never changed. Writes come one after the other, so the row that was last stays so until this one is in.</summary>
internal static class AuditRows
{
    private const int TextLengthMax = 300;
    private const int DetailLengthMax = 2000;

    private const string Insert =
        """
        INSERT INTO audit (at_us, account, address, action, resource, result, detail, number, previous, hash)
        VALUES (@at, @Account, @From, @Action, @Resource, @Result, @Detail, @Number, @Previous, @Hash)
        """;

    private const string SelectLast = "SELECT number AS Number, hash AS Hash FROM audit WHERE number IS NOT NULL ORDER BY number DESC LIMIT 1";

    internal sealed record End(long Number, string Hash);

    /// <summary>Adds a row within a transaction that also does what the row tells of.</summary>
    public static async Task Add(DbTransaction transaction, AuditEntry entry)
    {
        var last = await Last(transaction);
        var line = AuditChain.Sealed(new AuditLine(
            last.Number + 1,
            Instants.FromMicroseconds(Instants.ToMicroseconds(entry.At)),
            Plain(entry.By.Name, TextLengthMax),
            Plain(entry.By.From, TextLengthMax),
            entry.Action,
            Plain(entry.Resource, TextLengthMax),
            entry.Result,
            entry.Detail is null ? null : Plain(entry.Detail, DetailLengthMax),
            last.Hash,
            null));
        var values = new { at = Instants.ToMicroseconds(line.At), line.Account, line.From, line.Action, line.Resource, line.Result, line.Detail, line.Number, line.Previous, line.Hash };
        await transaction.Connection!.ExecuteAsync(Insert, values, transaction);
    }

    public static async Task<End> Last(DbTransaction transaction) =>
        await transaction.Connection!.QuerySingleOrDefaultAsync<End>(SelectLast, transaction: transaction) ?? new End(0, AuditChain.Begin);

    /// <summary>A text that every database gives back as it was: without NUL and halves of surrogate pairs, and not too long.</summary>
    private static string Plain(string text, int lengthMax)
    {
        var cut = text.Length <= lengthMax ? text : text[..lengthMax] + "…";
        return System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(cut)).Replace('\0', '\uFFFD');
    }
}
