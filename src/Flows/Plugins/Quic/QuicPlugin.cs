// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Parsing;
using Tci.Flows.Reassembly;
using Tci.Flows.Table;

namespace Tci.Flows.Plugins.Quic;

/// <summary>QUIC on any UDP port, seen by the long headers of its handshake. A version negotiation ends the flow.</summary>
internal readonly struct QuicPlugin(Pool<QuicFields> pool, StreamBuffers streams, QuicDatagram datagram) : IFlowPlugin
{
    public FlowAction Create(ref FlowRecord flow, in Packet packet) => AfterUpdate(ref flow, packet);

    public FlowAction BeforeUpdate(ref FlowRecord flow, in Packet packet) => FlowAction.None;

    public FlowAction AfterUpdate(ref FlowRecord flow, in Packet packet)
    {
        if (packet.Protocol != IpProtocol.Udp)
            return FlowAction.None;
        if (flow.Quic == 0)
            return MayBegin(packet.Payload) ? Begin(ref flow, packet) : FlowAction.None;
        // Data packets have short headers; behind the datagrams that are told they change nothing.
        if (!MayBegin(packet.Payload) && flow.Packets + flow.PacketsReverse > QuicFields.MaxDatagrams)
            return FlowAction.None;
        var fields = pool[flow.Quic];
        if (datagram.TryRead(packet, fields))
            return QuicConnection.Take(datagram, fields, flow, packet, isNew: false);
        fields.SetDatagram(flow.Packets + flow.PacketsReverse - 1, datagram.Flags);
        return FlowAction.None;
    }

    public void BeforeExport(ref FlowRecord flow)
    {
    }

    public void Release(ref FlowRecord flow)
    {
        if (flow.Quic == 0)
            return;
        Return(flow.Quic);
        flow.Quic = 0;
    }

    /// <summary>Whether the payload begins with a long header.</summary>
    private static bool MayBegin(ReadOnlySpan<byte> payload) => !payload.IsEmpty && (payload[0] & 0x80) != 0;

    private FlowAction Begin(ref FlowRecord flow, in Packet packet)
    {
        var handle = pool.Rent();
        if (!datagram.TryRead(packet, pool[handle]))
        {
            Return(handle);
            return FlowAction.None;
        }
        flow.Quic = handle;
        return QuicConnection.Take(datagram, pool[handle], flow, packet, isNew: true);
    }

    private void Return(int handle)
    {
        var fields = pool[handle];
        if (fields.Stream != 0 && fields.HelloParsed)
            streams.End(fields.Stream); // pieces of a hello that was read, sent again
        else if (fields.Stream != 0)
            streams.GiveUp(fields.Stream);
        pool.Return(handle);
    }
}
