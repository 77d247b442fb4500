// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using Tci.Flows.Reading;

namespace Tci.Flows.DataSets;

/// <summary>Turns rows of one flow.csv into lines of one table.</summary>
internal sealed class TableRows
{
    private readonly FlowCsvReader csv;
    private readonly TableKind kind;
    private readonly string[] labels;
    private readonly int[] columns;
    private readonly string[] cells;

    public TableRows(FlowCsvReader csv, TableKind kind, SystemLabels labels)
    {
        this.csv = csv;
        this.kind = kind;
        this.labels = labels.Values;
        columns = [.. kind.Sources.Select(csv.Find)];
        cells = new string[columns.Length];
    }

    /// <summary>The current row's line; null when it has none. A column that the file lacks is empty.</summary>
    public string? Line()
    {
        var present = 0;
        for (var i = 0; i < columns.Length; i++)
            present += IsPresent(columns[i]) ? 1 : 0;
        if (present == 0 || (kind.NeedsAll && present < columns.Length))
            return null;
        for (var i = 0; i < columns.Length; i++)
            cells[i] = columns[i] < 0 ? "" : Printable(csv.Text(columns[i]));
        return CsvLine.Of([.. labels, .. cells]);
    }

    private bool IsPresent(int column)
    {
        if (column < 0)
            return false;
        var cell = csv.Cell(column);
        return !(cell.Length == 0 || cell.SequenceEqual("\"\""u8) || cell.SequenceEqual("0"u8));
    }

    // flow.csv holds no other characters; a file of another origin might, and line breaks would end lines here.
    private static string Printable(ReadOnlySpan<byte> text)
    {
        if (!text.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E))
            return Encoding.ASCII.GetString(text);
        var kept = text.ToArray().Where(b => b is >= 0x20 and <= 0x7E).ToArray();
        return Encoding.ASCII.GetString(kept);
    }
}
