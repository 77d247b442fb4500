// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Tci.Flows.Index;

/// <summary>Reads what <see cref="PageWriter"/> wrote and checks every page it touches. One reader serves one thread; several may share the file.</summary>
internal sealed class PageReader(SafeFileHandle file)
{
    private const int PagesAtOnce = 16;

    private readonly byte[] buffer = new byte[PagesAtOnce * IndexFormat.PageBytes];
    private long firstPage;
    private int pageCount;

    /// <summary>Fills the span from a position in the data.</summary>
    /// <exception cref="FlowIndexException">A page is damaged or missing.</exception>
    public void Read(long position, Span<byte> to)
    {
        while (to.Length > 0)
        {
            var (number, offset) = Math.DivRem(position, IndexFormat.PageDataBytes);
            if (number < firstPage || number >= firstPage + pageCount)
                Load(number, (int)Math.Min(PagesAtOnce, 1 + ((offset + to.Length - 1) / IndexFormat.PageDataBytes)));
            var page = buffer.AsSpan((int)(number - firstPage) * IndexFormat.PageBytes, IndexFormat.PageDataBytes);
            var step = Math.Min(to.Length, IndexFormat.PageDataBytes - (int)offset);
            page.Slice((int)offset, step).CopyTo(to);
            to = to[step..];
            position += step;
        }
    }

    private void Load(long number, int count)
    {
        pageCount = 0;
        var wanted = buffer.AsSpan(0, count * IndexFormat.PageBytes);
        var read = 0;
        while (read < wanted.Length && RandomAccess.Read(file, wanted[read..], (number * IndexFormat.PageBytes) + read) is > 0 and var step)
            read += step;
        if (read < wanted.Length)
            throw new FlowIndexException(FlowIndexFault.Damaged, $"the index ends inside page {number + (read / IndexFormat.PageBytes)}");
        for (var i = 0; i < count; i++)
            Check(wanted.Slice(i * IndexFormat.PageBytes, IndexFormat.PageBytes), number + i);
        firstPage = number;
        pageCount = count;
    }

    private static void Check(ReadOnlySpan<byte> page, long number)
    {
        var stored = BinaryPrimitives.ReadUInt64LittleEndian(page[IndexFormat.PageDataBytes..]);
        if (stored != PageWriter.Checksum(page[..IndexFormat.PageDataBytes], number))
            throw new FlowIndexException(FlowIndexFault.Damaged, $"page {number} of the index is damaged");
    }
}
