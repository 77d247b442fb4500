// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Index;

/// <summary>The columns of up to <see cref="IndexFormat.BlockRows"/> rows, one behind the other when they are written.</summary>
internal sealed class BlockBuffer
{
    private readonly byte[][] columns = [.. Widths().Select(width => new byte[IndexFormat.BlockRows * width])];

    /// <summary>The value fits the column's width; <see cref="IndexedRow"/> has seen to it.</summary>
    public void Set(IndexColumn column, int row, UInt128 value)
    {
        var width = IndexFormat.Widths[(int)column];
        var to = columns[(int)column].AsSpan(row * width, width);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, value);
        bytes[..width].CopyTo(to);
    }

    public void Write(PageWriter writer, int rows)
    {
        for (var column = 0; column < columns.Length; column++)
            writer.Write(columns[column].AsSpan(0, rows * IndexFormat.Widths[column]));
    }

    private static int[] Widths() => [.. IndexFormat.Widths.ToArray().Select(width => (int)width)];
}
