// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Parsing;
using Tci.Flows.Table;

namespace Tci.Flows.Plugins;

/// <summary>IP and TCP header fields: flags, window and segment size of the first packet of a direction, the largest TTL, every option seen.</summary>
internal readonly struct BasicPlusPlugin : IFlowPlugin
{
    /// <summary>Writes the forward fields whatever the packet's direction, which shows after a split by an answer.</summary>
    public FlowAction Create(ref FlowRecord flow, in Packet packet)
    {
        ref var fields = ref flow.BasicPlus;
        fields.IpTtl = packet.Ttl;
        fields.IpFlags = packet.IpFlags;
        fields.TcpMss = packet.TcpMss;
        fields.TcpOptions = packet.TcpOptions;
        fields.TcpWindow = packet.TcpWindow;
        fields.TcpSynBytes = packet.TcpFlags == Tcp.Syn ? packet.IpLength : (ushort)0;
        return FlowAction.None;
    }

    public FlowAction BeforeUpdate(ref FlowRecord flow, in Packet packet)
    {
        ref var fields = ref flow.BasicPlus;
        if (packet.FromSource)
        {
            fields.IpTtl = Math.Max(fields.IpTtl, packet.Ttl);
            fields.TcpOptions |= packet.TcpOptions;
            return FlowAction.None;
        }
        if (!fields.ReverseSeen)
        {
            fields.ReverseSeen = true;
            fields.IpFlagsReverse = packet.IpFlags;
            fields.TcpMssReverse = packet.TcpMss;
            fields.TcpWindowReverse = packet.TcpWindow;
        }
        fields.IpTtlReverse = Math.Max(fields.IpTtlReverse, packet.Ttl);
        fields.TcpOptionsReverse |= packet.TcpOptions;
        return FlowAction.None;
    }

    public FlowAction AfterUpdate(ref FlowRecord flow, in Packet packet) => FlowAction.None;

    public void BeforeExport(ref FlowRecord flow)
    {
    }

    public void Release(ref FlowRecord flow)
    {
    }
}
