// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Index;

/// <summary>The last page of an index: what it was made from and where its sections are. Numbers are little-endian, 8 bytes each.</summary>
/// <param name="Rows">Rows of the table.</param>
/// <param name="CsvBytes">Size of flow.csv.</param>
/// <param name="CsvSamples">Hash of its samples, see <see cref="CsvFingerprint"/>.</param>
/// <param name="CsvHash">Hash of all of it.</param>
/// <param name="Names">How many names there are; the empty one, number 0, is not counted.</param>
/// <param name="NamesStart">Where the names begin in the data, bytes.</param>
/// <param name="OrdersStart">Where the orders begin in the data, bytes.</param>
internal sealed record IndexFooter(long Rows, long CsvBytes, ulong CsvSamples, ulong CsvHash, long Names, long NamesStart, long OrdersStart)
{
    private const int FooterBytes = 64;

    public void Write(PageWriter writer)
    {
        Span<byte> bytes = stackalloc byte[FooterBytes];
        ulong[] numbers = [IndexFormat.Magic, (ulong)Rows, (ulong)CsvBytes, CsvSamples, CsvHash, (ulong)Names, (ulong)NamesStart, (ulong)OrdersStart];
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[(i * 8)..], numbers[i]);
        writer.Write(bytes);
        writer.Align();
    }

    /// <exception cref="FlowIndexException">The file is no whole index of this version.</exception>
    public static IndexFooter Read(PageReader reader, long fileBytes)
    {
        if (fileBytes < IndexFormat.PageBytes || fileBytes % IndexFormat.PageBytes != 0)
            throw new FlowIndexException(FlowIndexFault.Damaged, $"its {fileBytes} bytes are not whole pages");
        var dataBytes = ((fileBytes / IndexFormat.PageBytes) - 1) * IndexFormat.PageDataBytes;
        Span<byte> bytes = stackalloc byte[FooterBytes];
        reader.Read(dataBytes, bytes);
        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes) != IndexFormat.Magic)
            throw new FlowIndexException(FlowIndexFault.Damaged, "it is not an index, or of another version");
        var footer = new IndexFooter(
            Number(bytes, 1), Number(bytes, 2), (ulong)Number(bytes, 3), (ulong)Number(bytes, 4), Number(bytes, 5), Number(bytes, 6), Number(bytes, 7));
        return footer.Fits(dataBytes) ? footer : throw new FlowIndexException(FlowIndexFault.Damaged, "its sections do not fit");
    }

    /// <summary>Where an order begins in the data, bytes.</summary>
    public long OrderStart(FlowOrder order) => OrdersStart + (((long)order - 1) * PageRound(Rows * sizeof(uint)));

    public static long PageRound(long bytes) => (bytes + IndexFormat.PageDataBytes - 1) / IndexFormat.PageDataBytes * IndexFormat.PageDataBytes;

    private static long Number(ReadOnlySpan<byte> bytes, int index) => BinaryPrimitives.ReadInt64LittleEndian(bytes[(index * 8)..]);

    private bool Fits(long dataBytes) =>
        Rows is >= 0 and <= IndexFormat.RowsMax && Names >= 0 && Names <= Rows && CsvBytes >= 0
        && NamesStart == PageRound(Rows * IndexFormat.RowBytes) && OrdersStart >= NamesStart && OrdersStart <= dataBytes
        && OrderStart(FlowOrders.Last) + PageRound(Rows * sizeof(uint)) == dataBytes;
}
