// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using Dapper;

namespace Tci.Store.Moves;

/// <summary>Fills an empty store from an export. All of it is read and checked before anything is written, and it is written in one transaction.</summary>
public static class StoreImport
{
    private const long SayEvery = 20_000;

    /// <param name="say">Is told of every table, and of every so many rows.</param>
    /// <returns>Rows.</returns>
    /// <exception cref="FormatException">The export is damaged, or of another version of the tables.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be used, is in use, or is not empty.</exception>
    public static async Task<long> Run(StoreOptions store, string folder, Action<string> say)
    {
        var export = await ExportFiles.Check(folder);
        say("The export is whole.");
        using var database = await Database.Open(store with { Exclusive = true }, TimeProvider.System);
        await database.Read(c => Check(c, database, export.Manifest));
        await database.Write(async t =>
        {
            foreach (var table in export.Manifest.Tables) await Fill(t, export, table, say);
            if (database.AfterFilling is { } statement) await t.Connection!.ExecuteAsync(statement, transaction: t);
        });
        return export.Manifest.Tables.Sum(t => t.Rows);
    }

    private static async Task<bool> Check(DbConnection connection, Database database, Manifest manifest)
    {
        var schema = await TableShape.Schema(connection);
        if (!schema.SequenceEqual(manifest.Schema))
        {
            throw new FormatException(
                $"The export has the tables of schema {string.Join(", ", manifest.Schema)}, this program those of {string.Join(", ", schema)}. Import it with the program that exported it, then start this one.");
        }

        var shapes = await database.Shapes(connection);
        if (!shapes.Select(Words).Order().SequenceEqual(manifest.Tables.Select(t => Words(new TableShape(t.Name, t.Columns, []))).Order()))
            throw new FormatException("The export does not have the tables and columns of its schema.");
        foreach (var shape in shapes)
        {
            if (await connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM (SELECT 1 FROM {shape.Name} LIMIT 1) AS r") > 0)
                throw new StoreUnavailableException($"The store is not empty: it has rows in '{shape.Name}'. Name a new one; an import never mixes two installations.");
        }

        return true;
    }

    private static string Words(TableShape shape) => $"{shape.Name} {string.Join(' ', shape.Columns)}";

    private static async Task Fill(DbTransaction t, ExportFiles export, ManifestTable table, Action<string> say)
    {
        await using var command = t.Connection!.CreateCommand();
        command.Transaction = t;
        command.CommandText = new TableShape(table.Name, table.Columns, []).Insert;
        var rows = 0L;
        await foreach (var row in export.Rows(table))
        {
            command.Parameters.Clear();
            for (var i = 0; i < row.Length; i++)
            {
                var value = command.CreateParameter();
                value.ParameterName = $"c{i}";
                value.Value = row[i] ?? DBNull.Value;
                command.Parameters.Add(value);
            }

            await command.ExecuteNonQueryAsync();
            if (++rows % SayEvery == 0) say($"{table.Name}: {rows} of {table.Rows} rows");
        }

        say($"{table.Name}: {rows} rows");
    }
}
