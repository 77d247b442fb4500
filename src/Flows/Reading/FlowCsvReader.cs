// SPDX-License-Identifier: BSD-3-Clause
using System.Text;

namespace Tci.Flows.Reading;

/// <summary>
/// Reads a flow.csv row by row, from a stream, in bounded memory. After <see cref="Read"/> returned true the members
/// describe that row until the next call. Columns are found by name, so a file of fewer or further columns is read as well.
/// </summary>
internal sealed class FlowCsvReader : IDisposable
{
    /// <summary>Far above the longest row of any exporter; a longer one is a sign of damage, or of another file.</summary>
    public const int RowBytesMax = 1 << 20;

    private const int ColumnsMax = 1024;
    private const int WindowBytes = 256 * 1024;

    private readonly Stream stream;
    private byte[] window = new byte[WindowBytes];
    private readonly int[] cellEnds;
    private int start;
    private int end;
    private int rowBytes;
    private bool streamEnded;

    /// <summary>Reads the header. The stream is owned.</summary>
    /// <exception cref="InvalidDataException">The first line is no header of a flow.csv.</exception>
    public FlowCsvReader(Stream stream)
    {
        this.stream = stream;
        Columns = [];
        if (Next())
        {
            Columns = FlowColumn.ParseHeader(Encoding.ASCII.GetString(RowBytes).TrimEnd('\n'));
            if (Columns.Count > ColumnsMax)
                throw new InvalidDataException($"The header has {Columns.Count} columns, at most {ColumnsMax} can be read.");
        }
        cellEnds = new int[Columns.Count];
    }

    /// <summary>Empty for an empty file, which is one without flows.</summary>
    public IReadOnlyList<FlowColumn> Columns { get; }

    /// <summary>Rows read so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Where the row begins, in bytes from the beginning of the file.</summary>
    public long RowStart { get; private set; }

    /// <summary>The row with its line feed.</summary>
    public ReadOnlySpan<byte> RowBytes => window.AsSpan(start, rowBytes);

    /// <summary>Where a column is; -1 when the file does not have it.</summary>
    public int Find(string name)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name == name)
                return i;
        }
        return -1;
    }

    /// <summary>Moves to the next row; false at the end.</summary>
    /// <exception cref="InvalidDataException">The row is damaged; the message says where.</exception>
    public bool Read()
    {
        if (!Next())
            return false;
        Rows++;
        var cells = CellSplitter.Split(RowBytes[..^1], cellEnds);
        if (cells != Columns.Count)
            throw Damaged($"has {(cells < 0 ? "an open quote" : cells > Columns.Count ? "more cells than the header" : $"{cells} cells, the header has {Columns.Count}")}");
        return true;
    }

    /// <summary>The cell as it is in the file, with its quotes.</summary>
    public ReadOnlySpan<byte> Cell(int column)
    {
        var from = column == 0 ? 0 : cellEnds[column - 1] + 1;
        return RowBytes[from..cellEnds[column]];
    }

    /// <exception cref="InvalidDataException">The cell is not a whole number.</exception>
    public ulong Number(int column) =>
        CellValue.TryNumber(Cell(column), out var value) ? value : throw Damaged($"has no number in {Columns[column].Name}");

    /// <summary>Microseconds since 1970.</summary>
    /// <exception cref="InvalidDataException">The cell is not a time.</exception>
    public long Time(int column) =>
        CellValue.TryTime(Cell(column), out var value) ? value : throw Damaged($"has no time in {Columns[column].Name}");

    /// <summary>An address as one number; IPv4 as its IPv6-mapped form.</summary>
    /// <exception cref="InvalidDataException">The cell is not an address.</exception>
    public UInt128 Address(int column) =>
        CellValue.TryAddress(Cell(column), out var value) ? value : throw Damaged($"has no address in {Columns[column].Name}");

    /// <summary>A string cell without its quotes. No copy unless it holds quotes.</summary>
    public ReadOnlySpan<byte> Text(int column) => CellValue.Unquote(Cell(column));

    public void Dispose() => stream.Dispose();

    private InvalidDataException Damaged(string what) => new($"Row {Rows} at byte {RowStart} {what}.");

    private bool Next()
    {
        start += rowBytes;
        RowStart += rowBytes;
        rowBytes = 0;
        var searched = 0;
        while (true)
        {
            var found = window.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                rowBytes = searched + found + 1;
                return rowBytes <= RowBytesMax ? true : throw TooLong();
            }
            searched = end - start;
            if (searched > RowBytesMax)
                throw TooLong();
            if (!Fill())
                return searched == 0 ? false : throw new InvalidDataException($"The last row, at byte {RowStart}, breaks off without its line feed.");
        }
    }

    private InvalidDataException TooLong() => new($"The row at byte {RowStart} is longer than {RowBytesMax} bytes: this is no flow.csv.");

    private bool Fill()
    {
        if (streamEnded)
            return false;
        if (start > 0)
        {
            window.AsSpan(start, end - start).CopyTo(window);
            end -= start;
            start = 0;
        }
        // Rows this long are rare; the window grows to twice the longest row at most.
        if (end == window.Length)
            Array.Resize(ref window, window.Length * 2);
        var read = stream.Read(window, end, window.Length - end);
        end += read;
        streamEnded = read == 0;
        return read > 0;
    }
}
