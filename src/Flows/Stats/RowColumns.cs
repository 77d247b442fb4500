// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Reading;

namespace Tci.Flows.Stats;

/// <summary>What is counted of the row a reader stands at.</summary>
internal sealed class RowColumns(FlowCsvReader csv)
{
    private readonly int source = Need(csv, "SRC_IP");
    private readonly int destination = Need(csv, "DST_IP");
    private readonly int sourcePort = Need(csv, "SRC_PORT");
    private readonly int destinationPort = Need(csv, "DST_PORT");
    private readonly int protocol = Need(csv, "PROTOCOL");
    private readonly int bytes = Need(csv, "BYTES");
    private readonly int bytesReverse = Need(csv, "BYTES_REV");
    private readonly int packets = Need(csv, "PACKETS");
    private readonly int packetsReverse = Need(csv, "PACKETS_REV");
    private readonly int first = Need(csv, "TIME_FIRST");
    private readonly int last = Need(csv, "TIME_LAST");

    public UInt128 Source => csv.Address(source);

    public UInt128 Destination => csv.Address(destination);

    public ushort LowerPort => (ushort)Math.Min(csv.Number(sourcePort), csv.Number(destinationPort));

    public byte Protocol => (byte)csv.Number(protocol);

    public ulong Bytes => csv.Number(bytes) + csv.Number(bytesReverse);

    public ulong Packets => csv.Number(packets) + csv.Number(packetsReverse);

    public long First => csv.Time(first);

    public long Last => csv.Time(last);

    private static int Need(FlowCsvReader csv, string name)
    {
        var column = csv.Find(name);
        return column >= 0 ? column : throw new InvalidDataException($"The flow.csv has no column {name}.");
    }
}
