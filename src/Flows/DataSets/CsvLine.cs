// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers;

namespace Tci.Flows.DataSets;

/// <summary>Lines of CSV as RFC 4180 has them: a cell with a comma, a quote or a line break is quoted, its quotes doubled. Lines end with a line feed alone.</summary>
internal static class CsvLine
{
    private static readonly SearchValues<char> s_special = SearchValues.Create(",\"\r\n");

    public static string Of(IEnumerable<string> cells) => string.Join(',', cells.Select(Quote));

    private static string Quote(string cell) =>
        cell.AsSpan().ContainsAny(s_special) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
