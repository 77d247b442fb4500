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
        for (int left = flow.PacketStats.Count; left > 0; left -= PacketChunk.Packets)
        {
            ref var chunk = ref chunks[handle];
            WriteElements(field, row, chunk, Math.Min(left, PacketChunk.Packets));
            handle = chunk.Next;
        }
        row.EndArray();
    }

    /// <summary>Elements with a bar behind each.</summary>
    private static void WriteElements(Field field, RowBuffer row, in PacketChunk chunk, int count)
    {
        switch (field)
        {
            case Field.PpiPktTimes:
                row.Times(((ReadOnlySpan<long>)chunk.Microseconds)[..count]);
                break;
            case Field.PpiPktLengths:
                row.Elements(((ReadOnlySpan<ushort>)chunk.PayloadBytes)[..count]);
                break;
            case Field.PpiPktFlags:
                row.Elements(((ReadOnlySpan<byte>)chunk.TcpFlags)[..count]);
                break;
            default:
                foreach (var fromSource in ((ReadOnlySpan<byte>)chunk.FromSource)[..count])
                    row.Raw(fromSource != 0 ? "1|"u8 : "-1|"u8);
                break;
        }
    }
}
