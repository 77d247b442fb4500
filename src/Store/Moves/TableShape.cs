// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using Dapper;
using Tci.Store.Dialects;

namespace Tci.Store.Moves;

/// <summary>A table as the database describes it.</summary>
/// <param name="Columns">In the order of their names, which is the same in every database.</param>
/// <param name="Key">The columns that tell rows apart, in order.</param>
internal sealed record TableShape(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> Key)
{
    /// <summary>Kept by the program that makes the tables, not moved.</summary>
    private const string Versions = "schema_version";

    /// <summary>All tables but that of the schema's versions, those before that others refer to.</summary>
    public static async Task<IReadOnlyList<TableShape>> Read(DbConnection connection, Dialect dialect)
    {
        var names = (await connection.QueryAsync<string>(dialect.Tables)).Where(n => n != Versions).Order(StringComparer.Ordinal).ToList();
        var ordered = new List<TableShape>();
        foreach (var name in names) await Add(connection, dialect, name, ordered);
        return ordered;
    }

    /// <summary>The versions of the schema, by which two programs know that they mean the same tables.</summary>
    public static async Task<IReadOnlyList<long>> Schema(DbConnection connection) =>
        [.. await connection.QueryAsync<long>($"SELECT version FROM {Versions} ORDER BY version")];

    public string Select => $"SELECT {string.Join(", ", Columns)} FROM {Name} ORDER BY {string.Join(", ", Key)}";

    public string Insert => $"INSERT INTO {Name} ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select((_, i) => $"@c{i}"))})";

    private static async Task Add(DbConnection connection, Dialect dialect, string name, List<TableShape> to)
    {
        if (to.Any(t => t.Name == name)) return;
        foreach (var other in await connection.QueryAsync<string>(dialect.References, new { table = name })) await Add(connection, dialect, other, to);
        var key = (await connection.QueryAsync<string>(dialect.Key, new { table = name })).AsList();
        if (key.Count == 0) throw new InvalidOperationException($"The table {name} has no primary key.");
        await using var row = await connection.ExecuteReaderAsync($"SELECT * FROM {name} LIMIT 0");
        var columns = Enumerable.Range(0, row.FieldCount).Select(row.GetName).Order(StringComparer.Ordinal);
        to.Add(new TableShape(name, [.. columns], key));
    }
}
