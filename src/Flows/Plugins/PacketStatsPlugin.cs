// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Parsing;
using Tci.Flows.Table;

namespace Tci.Flows.Plugins;

/// <summary>The first packets with a payload: length, TCP flags, direction and time of each.</summary>
internal readonly struct PacketStatsPlugin(Slab<PacketChunk> chunks) : IFlowPlugin
{
    public const int MaxPackets = 30;

    public FlowAction Create(ref FlowRecord flow, in Packet packet)
    {
        Add(ref flow.PacketStats, packet);
        return FlowAction.None;
    }

    public FlowAction BeforeUpdate(ref FlowRecord flow, in Packet packet) => FlowAction.None;

    public FlowAction AfterUpdate(ref FlowRecord flow, in Packet packet)
    {
        Add(ref flow.PacketStats, packet);
        return FlowAction.None;
    }

    /// <summary>A single SYN is a port scan more often than a flow; its arrays stay empty.</summary>
    public void BeforeExport(ref FlowRecord flow)
    {
        if (flow.Packets + flow.PacketsReverse <= 1 && ((flow.TcpFlags | flow.TcpFlagsReverse) & Tcp.Syn) != 0)
            Release(ref flow);
    }

    public void Release(ref FlowRecord flow)
    {
        for (var handle = flow.PacketStats.FirstChunk; handle != 0;)
        {
            var next = chunks[handle].Next;
            chunks.Return(handle);
            handle = next;
        }
        flow.PacketStats = default;
    }

    private void Add(ref PacketStatsFields fields, in Packet packet)
    {
        if (packet.PayloadLength == 0 || fields.Count == MaxPackets)
            return;
        var place = fields.Count % PacketChunk.Packets;
        if (place == 0)
            Append(ref fields);
        ref var chunk = ref chunks[fields.LastChunk];
        chunk.Microseconds[place] = packet.TimeMicroseconds;
        chunk.PayloadBytes[place] = packet.PayloadLength;
        chunk.TcpFlags[place] = packet.TcpFlags;
        chunk.FromSource[place] = packet.FromSource ? (byte)1 : (byte)0;
        fields.Count++;
    }

    private void Append(ref PacketStatsFields fields)
    {
        var handle = chunks.Rent();
        chunks[handle].Next = 0;
        if (fields.LastChunk == 0)
            fields.FirstChunk = handle;
        else
            chunks[fields.LastChunk].Next = handle;
        fields.LastChunk = handle;
    }
}
