// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using Microsoft.Win32.SafeHandles;
using Tci.Flows.Reading;
using Tci.Flows.Table;

namespace Tci.Flows.Index;

/// <summary>Reads single rows of flow.csv and checks that they are the ones the index was made from.</summary>
internal sealed class RowReader(SafeFileHandle csv, SafeFileHandle index, IndexFooter footer, int columns)
{
    // A reader for each column, so that neighbouring rows find their page loaded.
    private readonly BlockReader starts = new(new PageReader(index), footer);
    private readonly BlockReader checks = new(new PageReader(index), footer);
    private readonly int[] ends = new int[columns];

    /// <exception cref="FlowIndexException">flow.csv was changed.</exception>
    public FlowTableRow Read(long row)
    {
        var start = starts.ReadOne<long>(row, IndexColumn.Start);
        var end = row + 1 < footer.Rows ? starts.ReadOne<long>(row + 1, IndexColumn.Start) : footer.CsvBytes;
        if (start < 0 || end <= start || end - start > FlowCsvReader.RowBytesMax || end > footer.CsvBytes)
            throw new FlowIndexException(FlowIndexFault.Damaged, $"row {row} has no place");
        var bytes = ReadBytes(csv, start, (int)(end - start));
        if ((uint)XxHash64.Hash(bytes) != checks.ReadOne<uint>(row, IndexColumn.Check) || CellSplitter.Split(bytes.AsSpan(0, bytes.Length - 1), ends) != columns)
            throw new FlowIndexException(FlowIndexFault.Stale, $"row {row} of flow.csv was changed after the index was made");
        return new FlowTableRow(row, Encoding.Latin1.GetString(bytes, 0, bytes.Length - 1), Cells(bytes));
    }

    /// <summary>The columns of a flow.csv.</summary>
    public static IReadOnlyList<FlowColumn> Header(SafeFileHandle csv, long size)
    {
        if (size == 0)
            return [];
        var head = ReadBytes(csv, 0, (int)Math.Min(size, FlowCsvReader.RowBytesMax));
        var end = Array.IndexOf(head, (byte)'\n');
        return end < 0 ? throw new FlowIndexException(FlowIndexFault.Stale, "flow.csv has no header") : FlowColumn.ParseHeader(Encoding.ASCII.GetString(head, 0, end));
    }

    private static byte[] ReadBytes(SafeFileHandle file, long start, int length)
    {
        var bytes = new byte[length];
        var read = 0;
        while (read < length && RandomAccess.Read(file, bytes.AsSpan(read), start + read) is > 0 and var step)
            read += step;
        return bytes;
    }

    private string[] Cells(byte[] bytes)
    {
        var cells = new string[columns];
        var from = 0;
        for (var i = 0; i < columns; i++)
        {
            cells[i] = Encoding.Latin1.GetString(CellValue.Unquote(bytes.AsSpan(from, ends[i] - from)));
            from = ends[i] + 1;
        }
        return cells;
    }
}
