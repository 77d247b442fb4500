// SPDX-License-Identifier: BSD-3-Clause
using System.Security.Cryptography;
using System.Text.Json;
using Tci.Contracts;

namespace Tci.Store.Moves;

/// <summary>An export that was read to its end and found whole.</summary>
internal sealed class ExportFiles
{
    private readonly string _folder;

    private ExportFiles(string folder, Manifest manifest)
    {
        _folder = folder;
        Manifest = manifest;
    }

    public Manifest Manifest { get; }

    /// <exception cref="FormatException">A file is missing, is too much, or is not what the manifest says; the message says which.</exception>
    public static async Task<ExportFiles> Check(string folder)
    {
        var path = Path.Combine(folder, Manifest.FileName);
        if (!File.Exists(path)) throw new FormatException($"'{folder}' is no export: it has no {Manifest.FileName}.");
        var export = new ExportFiles(folder, Parse(await File.ReadAllTextAsync(path)));
        var known = export.Manifest.Tables.Select(t => t.File()).Append(Manifest.FileName).ToHashSet();
        if (Directory.GetFileSystemEntries(folder).Select(f => Path.GetFileName(f)!).FirstOrDefault(f => !known.Contains(f)) is { } more)
            throw new FormatException($"'{more}' is not in the manifest.");
        foreach (var table in export.Manifest.Tables) await export.Check(table);
        return export;
    }

    /// <summary>The rows of a table, in order.</summary>
    /// <exception cref="FormatException">A line is none.</exception>
    public async IAsyncEnumerable<object?[]> Rows(ManifestTable table)
    {
        var number = 0L;
        await foreach (var line in File.ReadLinesAsync(Path.Combine(_folder, table.File())))
        {
            number++;
            yield return Row(table, line, number);
        }
    }

    private static object?[] Row(ManifestTable table, string line, long number)
    {
        try
        {
            return RowLine.Read(line, table.Columns.Count);
        }
        catch (FormatException e)
        {
            throw new FormatException($"{table.File()}, line {number}: {e.Message}.", e);
        }
    }

    private static Manifest Parse(string json)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<Manifest>(json, ContractJson.Options);
            if (manifest?.Format != Manifest.ThisFormat) throw new FormatException($"The export is of format '{manifest?.Format}'; this program reads '{Manifest.ThisFormat}'.");
            if (manifest.Tables.Any(t => t.Name.Length == 0 || !t.Name.All(c => char.IsAsciiLetterLower(c) || c == '_'))) throw new FormatException("The manifest names a table that cannot be one.");
            return manifest;
        }
        catch (JsonException e)
        {
            throw new FormatException($"{Manifest.FileName} cannot be read: {e.Message}", e);
        }
    }

    private async Task Check(ManifestTable table)
    {
        var path = Path.Combine(_folder, table.File());
        if (!File.Exists(path)) throw new FormatException($"{table.File()} is missing.");
        await using (var file = File.OpenRead(path))
        {
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(file)) != table.Sha256)
                throw new FormatException($"{table.File()} is not the one that was exported: its hash differs.");
        }

        var rows = 0L;
        await foreach (var _ in Rows(table)) rows++;
        if (rows != table.Rows) throw new FormatException($"{table.File()} has {rows} lines, the manifest says {table.Rows}.");
    }
}
