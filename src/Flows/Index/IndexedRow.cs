// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Reading;
using Tci.Flows.Table;

namespace Tci.Flows.Index;

/// <summary>Takes out of a row of flow.csv what the index keeps of it.</summary>
internal sealed class IndexedRow(FlowCsvReader csv)
{
    private readonly int first = Need(csv, "TIME_FIRST");
    private readonly int last = Need(csv, "TIME_LAST");
    private readonly int bytes = Need(csv, "BYTES");
    private readonly int bytesReverse = Need(csv, "BYTES_REV");
    private readonly int packets = Need(csv, "PACKETS");
    private readonly int packetsReverse = Need(csv, "PACKETS_REV");
    private readonly int source = Need(csv, "SRC_IP");
    private readonly int destination = Need(csv, "DST_IP");
    private readonly int sourcePort = Need(csv, "SRC_PORT");
    private readonly int destinationPort = Need(csv, "DST_PORT");
    private readonly int protocol = Need(csv, "PROTOCOL");
    private readonly int[] names = [.. IndexFormat.NameColumns.Select(csv.Find).Where(column => column >= 0)];
    private readonly byte[] name = new byte[IndexFormat.NameBytesMax];
    private int nameLength;

    /// <summary>The row's names, joined by line feeds; empty when it has none.</summary>
    public ReadOnlySpan<byte> Name => name.AsSpan(0, nameLength);

    /// <summary>Stores the current row of the reader as row number <paramref name="at"/> of a block.</summary>
    /// <exception cref="InvalidDataException">A cell does not hold what its column says.</exception>
    public void Store(BlockBuffer block, int at)
    {
        block.Set(IndexColumn.Start, at, (ulong)csv.RowStart);
        block.Set(IndexColumn.Check, at, (uint)XxHash64.Hash(csv.RowBytes));
        block.Set(IndexColumn.First, at, (ulong)csv.Time(first));
        block.Set(IndexColumn.Last, at, (ulong)csv.Time(last));
        block.Set(IndexColumn.Bytes, at, csv.Number(bytes) + csv.Number(bytesReverse));
        block.Set(IndexColumn.Packets, at, csv.Number(packets) + csv.Number(packetsReverse));
        block.Set(IndexColumn.Source, at, csv.Address(source));
        block.Set(IndexColumn.Destination, at, csv.Address(destination));
        block.Set(IndexColumn.SourcePort, at, Number(sourcePort, ushort.MaxValue));
        block.Set(IndexColumn.DestinationPort, at, Number(destinationPort, ushort.MaxValue));
        block.Set(IndexColumn.Protocol, at, Number(protocol, byte.MaxValue));
        JoinNames();
    }

    private static int Need(FlowCsvReader csv, string name)
    {
        var column = csv.Find(name);
        return column >= 0 ? column : throw new InvalidDataException($"flow.csv has no column {name}, which its index needs.");
    }

    private ulong Number(int column, ulong max)
    {
        var value = csv.Number(column);
        return value <= max ? value : throw new InvalidDataException($"Row {csv.Rows} at byte {csv.RowStart} has {value} in {csv.Columns[column].Name}, which is at most {max}.");
    }

    private void JoinNames()
    {
        nameLength = 0;
        foreach (var column in names)
        {
            // An empty string is "" in the file; most are.
            if (csv.Cell(column).Length <= 2)
                continue;
            if (nameLength > 0 && nameLength < name.Length)
                name[nameLength++] = (byte)'\n';
            var text = csv.Text(column);
            text = text[..Math.Min(text.Length, name.Length - nameLength)];
            text.CopyTo(name.AsSpan(nameLength));
            nameLength += text.Length;
        }
    }
}
