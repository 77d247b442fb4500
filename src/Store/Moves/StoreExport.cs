// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Tci.Contracts;

namespace Tci.Store.Moves;

/// <summary>Writes all that the store holds into files: a line a row, a file a table, and a manifest with counts and hashes. docs/formats/export.md describes them.</summary>
public static class StoreExport
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the folder, which must not be there; it appears only when it is complete. No server may run on the store.</summary>
    /// <param name="say">Is told of every table.</param>
    /// <returns>Rows.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be used, or another process uses it.</exception>
    /// <exception cref="IOException">The folder is there, or cannot be written.</exception>
    public static async Task<long> Run(StoreOptions store, string folder, Action<string> say)
    {
        var place = Path.GetFullPath(folder);
        if (Directory.Exists(place) || File.Exists(place)) throw new IOException($"'{place}' is there already. Name a folder that is not.");
        using var database = await Database.Open(store with { Exclusive = true }, TimeProvider.System);
        var part = place + ".part";
        if (Directory.Exists(part)) Directory.Delete(part, recursive: true);
        Directory.CreateDirectory(part, OwnerOnly | UnixFileMode.UserExecute);
        var manifest = await database.Read(c => Tables(c, database, part, say));
        await using (var file = Make(Path.Combine(part, Manifest.FileName)))
        {
            await JsonSerializer.SerializeAsync(file, manifest, ContractJson.Options);
            file.Flush(flushToDisk: true);
        }

        Directory.Move(part, place);
        return manifest.Tables.Sum(t => t.Rows);
    }

    private static async Task<Manifest> Tables(DbConnection connection, Database database, string folder, Action<string> say)
    {
        var tables = new List<ManifestTable>();
        foreach (var shape in await database.Shapes(connection))
        {
            tables.Add(await Table(connection, shape, folder));
            say($"{shape.Name}: {tables[^1].Rows} rows");
        }

        return new Manifest(Manifest.ThisFormat, await TableShape.Schema(connection), tables);
    }

    private static async Task<ManifestTable> Table(DbConnection connection, TableShape shape, string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = Make(Path.Combine(folder, new ManifestTable(shape.Name, [], 0, "").File()));
        await using var row = await connection.ExecuteReaderAsync(shape.Select);
        var rows = 0L;
        for (; await row.ReadAsync(); rows++)
        {
            var line = RowLine.Write(row);
            hash.AppendData(line);
            await file.WriteAsync(line);
        }

        file.Flush(flushToDisk: true);
        return new ManifestTable(shape.Name, shape.Columns, rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static FileStream Make(string path) =>
        new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
}
