// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Tci.Contracts;

namespace Tci.Store.Audit;

/// <summary>Chains rows: the hash of each covers the hash before it, so that none can be changed, taken out or put in between without all later ones changing.</summary>
internal static class AuditChain
{
    /// <summary>What stands before the first row.</summary>
    public static readonly string Begin = new('0', 64);

    /// <summary>Rows of an older schema that are chained with one transaction.</summary>
    private const int BatchMax = 1000;

    private const string SelectLoose =
        """
        SELECT id AS Id, at_us AS AtUs, account AS Account, address AS Address, action AS Action, resource AS Resource, result AS Result FROM audit
        WHERE number IS NULL ORDER BY id LIMIT @max
        """;

    private const string Update = "UPDATE audit SET number = @Number, previous = @Previous, hash = @Hash WHERE id = @id";

    private sealed record Row(long Id, long AtUs, string Account, string Address, string Action, string Resource, string Result);

    public static AuditLine Sealed(AuditLine line) => line with { Hash = Hash(line) };

    /// <summary>SHA-256 of the row's JSON without its hash; the hash before it is part of that.</summary>
    public static string Hash(AuditLine line) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(line with { Hash = null }, ContractJson.Options)));

    /// <summary>Chains the rows that a schema without a chain left.</summary>
    public static async Task Fill(Database database)
    {
        while (await database.Write(FillSome) == BatchMax)
        {
        }
    }

    private static async Task<int> FillSome(DbTransaction t)
    {
        var rows = (await t.Connection!.QueryAsync<Row>(SelectLoose, new { max = (long)BatchMax }, t)).AsList();
        if (rows.Count == 0) return 0;
        var (number, hash) = await AuditRows.Last(t);
        foreach (var row in rows)
        {
            var line = Sealed(new AuditLine(++number, Instants.FromMicroseconds(row.AtUs), row.Account, row.Address, row.Action, row.Resource, row.Result, null, hash, null));
            await t.Connection!.ExecuteAsync(Update, new { line.Number, line.Previous, line.Hash, id = row.Id }, t);
            hash = line.Hash!;
        }

        return rows.Count;
    }
}
