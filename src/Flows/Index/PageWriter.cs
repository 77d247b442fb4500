// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using Tci.Flows.Table;

namespace Tci.Flows.Index;

/// <summary>Writes data into pages of fixed size, each with a checksum of its data and its place.</summary>
internal sealed class PageWriter(Stream file)
{
    private readonly byte[] page = new byte[IndexFormat.PageBytes];
    private int length;
    private long pages;

    /// <summary>Data written so far, without checksums, in bytes.</summary>
    public long Position => (pages * IndexFormat.PageDataBytes) + length;

    public static ulong Checksum(ReadOnlySpan<byte> data, long number) => XxHash64.Hash(XxHash64.Hash(data), (ulong)number);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var step = Math.Min(bytes.Length, IndexFormat.PageDataBytes - length);
            bytes[..step].CopyTo(page.AsSpan(length));
            length += step;
            bytes = bytes[step..];
            if (length == IndexFormat.PageDataBytes)
                EndPage();
        }
    }

    /// <summary>Fills the page with zeros, so that what follows begins on a page of its own and what was written can be read.</summary>
    public void Align()
    {
        if (length > 0)
        {
            page.AsSpan(length, IndexFormat.PageDataBytes - length).Clear();
            EndPage();
        }
        file.Flush();
    }

    private void EndPage()
    {
        BinaryPrimitives.WriteUInt64LittleEndian(page.AsSpan(IndexFormat.PageDataBytes), Checksum(page.AsSpan(0, IndexFormat.PageDataBytes), pages));
        file.Write(page);
        pages++;
        length = 0;
    }
}
