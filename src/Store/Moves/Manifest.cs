// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Store.Moves;

/// <summary>What an export holds. It says nothing of when and where, so that the same data gives the same files.</summary>
/// <param name="Schema">The versions of the tables' schema.</param>
/// <param name="Tables">In an order in which they can be filled.</param>
internal sealed record Manifest(string Format, IReadOnlyList<long> Schema, IReadOnlyList<ManifestTable> Tables)
{
    public const string FileName = "manifest.json";
    public const string ThisFormat = "tci-export-1";
}

/// <param name="Sha256">Of the file, in hexadecimal digits.</param>
internal sealed record ManifestTable(string Name, IReadOnlyList<string> Columns, long Rows, string Sha256)
{
    public string File() => Name + ".jsonl";
}
