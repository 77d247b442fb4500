// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Plugins;
using Tci.Flows.Table;

namespace Tci.Flows.Csv;

/// <summary>The four arrays of <see cref="PacketStatsPlugin"/>.</summary>
internal static class PacketStatsColumns
{
    public static void Write(Field field, RowBuffer row, in FlowRecord flow, Slab<PacketChunk> chunks)
    {
        row.Byte((byte)'[');
        var handle = flow.PacketStats.FirstChunk;
        for (var i = 0; i < flow.PacketStats.Count; i++)
        {
            var place = i % PacketChunk.Packets;
            if (i > 0)
                row.Byte((byte)'|');
            if (i > 0 && place == 0)
                handle = chunks[handle].Next;
            WriteElement(field, row, chunks[handle], place);
        }
        row.Byte((byte)']');
    }

    private static void WriteElement(Field field, RowBuffer row, in PacketChunk chunk, int place)
    {
        switch (field)
        {
            case Field.PpiPktTimes:
                row.Time(chunk.Microseconds[place]);
                break;
            case Field.PpiPktLengths:
                row.Number(chunk.PayloadBytes[place]);
                break;
            case Field.PpiPktFlags:
                row.Number(chunk.TcpFlags[place]);
                break;
            default:
                row.Raw(chunk.FromSource[place] != 0 ? "1"u8 : "-1"u8);
                break;
        }
    }
}
