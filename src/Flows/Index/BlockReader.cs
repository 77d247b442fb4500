// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.InteropServices;

namespace Tci.Flows.Index;

/// <summary>Reads columns of blocks. The spans are valid until the next call for the same column.</summary>
internal sealed class BlockReader(PageReader pages, IndexFooter footer)
{
    private readonly byte[]?[] buffers = new byte[]?[IndexFormat.Widths.Length];

    public long Blocks => (footer.Rows + IndexFormat.BlockRows - 1) / IndexFormat.BlockRows;

    /// <summary>Rows of a block; all but the last are full.</summary>
    public int RowsOf(long block) => (int)Math.Min(IndexFormat.BlockRows, footer.Rows - (block * IndexFormat.BlockRows));

    /// <summary>A column of a block as numbers of its width.</summary>
    public ReadOnlySpan<T> Read<T>(long block, IndexColumn column)
        where T : unmanaged
    {
        var width = IndexFormat.Widths[(int)column];
        var buffer = buffers[(int)column] ??= new byte[IndexFormat.BlockRows * width];
        var rows = RowsOf(block);
        var bytes = buffer.AsSpan(0, rows * width);
        pages.Read(BlockStart(block) + IndexFormat.ColumnStart(column, rows), bytes);
        return MemoryMarshal.Cast<byte, T>(bytes);
    }

    /// <summary>One value.</summary>
    public T ReadOne<T>(long row, IndexColumn column)
        where T : unmanaged
    {
        var (block, at) = Math.DivRem(row, IndexFormat.BlockRows);
        Span<T> value = stackalloc T[1];
        var width = IndexFormat.Widths[(int)column];
        pages.Read(BlockStart(block) + IndexFormat.ColumnStart(column, RowsOf(block)) + (at * width), MemoryMarshal.AsBytes(value));
        return value[0];
    }

    private static long BlockStart(long block) => block * IndexFormat.BlockRows * IndexFormat.RowBytes;
}
