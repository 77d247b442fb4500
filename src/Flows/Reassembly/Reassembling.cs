// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Parsing;
using Tci.Flows.Plugins;
using Tci.Flows.Table;

namespace Tci.Flows.Reassembly;

/// <summary>
/// Lets plugins that read messages see TCP payloads in order and once, and, when they ask for more
/// (<see cref="FlowAction.More"/>), together with what follows. Packets of other protocols pass as they are.
/// </summary>
internal struct Reassembling<TInner>(TInner inner, StreamBuffers streams, bool enabled) : IFlowPlugin
    where TInner : struct, IFlowPlugin
{
    private readonly bool enabled = enabled;
    private readonly StreamBuffers streams = streams;
    private TInner inner = inner;

    // Of the packet at hand, from one call to the next.
    private Message message;
    private int seen;
    private bool wantsMore;
    private bool splitting;

    public FlowAction Create(ref FlowRecord flow, in Packet packet)
    {
        if (!enabled || packet.Protocol != IpProtocol.Tcp)
            return inner.Create(ref flow, packet) & ~FlowAction.More;
        // After a split the packet is in its stream already.
        if (!splitting)
            message = StreamOrder.Take(ref Side(ref flow, packet), packet, streams, out seen);
        splitting = false;
        if (message == Message.None)
            return FlowAction.None;
        var action = IsWholePayload ? inner.Create(ref flow, packet) : inner.Create(ref flow, Shown(ref flow, packet));
        wantsMore = (action & FlowAction.More) != 0;
        Settle(ref Side(ref flow, packet), packet);
        return action & ~FlowAction.More;
    }

    public FlowAction BeforeUpdate(ref FlowRecord flow, in Packet packet)
    {
        if (!enabled || packet.Protocol != IpProtocol.Tcp)
            return inner.BeforeUpdate(ref flow, packet) & ~FlowAction.More;
        message = StreamOrder.Take(ref Side(ref flow, packet), packet, streams, out seen);
        if (message == Message.None)
            return FlowAction.None;
        var action = IsWholePayload ? inner.BeforeUpdate(ref flow, packet) : inner.BeforeUpdate(ref flow, Shown(ref flow, packet));
        wantsMore = (action & FlowAction.More) != 0;
        action &= ~FlowAction.More;
        splitting = action == FlowAction.Split;
        return action;
    }

    public FlowAction AfterUpdate(ref FlowRecord flow, in Packet packet)
    {
        if (!enabled || packet.Protocol != IpProtocol.Tcp)
            return inner.AfterUpdate(ref flow, packet) & ~FlowAction.More;
        if (message == Message.None)
            return FlowAction.None;
        var action = IsWholePayload ? inner.AfterUpdate(ref flow, packet) : inner.AfterUpdate(ref flow, Shown(ref flow, packet));
        wantsMore |= (action & FlowAction.More) != 0;
        Settle(ref Side(ref flow, packet), packet);
        return action & ~FlowAction.More;
    }

    public void BeforeExport(ref FlowRecord flow) => inner.BeforeExport(ref flow);

    public void Release(ref FlowRecord flow)
    {
        inner.Release(ref flow);
        // A split ends the record, not the streams.
        if (splitting)
            return;
        GiveUp(ref flow.Streams.Forward);
        GiveUp(ref flow.Streams.Reverse);
    }

    private readonly bool IsWholePayload => message == Message.Payload && seen == 0;

    private static ref StreamSide Side(ref FlowRecord flow, in Packet packet) =>
        ref packet.FromSource ? ref flow.Streams.Forward : ref flow.Streams.Reverse;

    private readonly Packet Shown(ref FlowRecord flow, in Packet packet)
    {
        var shown = packet;
        shown.Payload = message == Message.Stream ? streams[Side(ref flow, packet).Buffer].Prefix : packet.Payload[seen..];
        return shown;
    }

    /// <summary>Keeps the stream, begins one with this payload, or is done with it.</summary>
    private readonly void Settle(ref StreamSide side, in Packet packet)
    {
        if (wantsMore && message == Message.Payload)
        {
            StreamOrder.BeginStream(ref side, unchecked(packet.TcpSequence + (uint)seen), streams);
            // One packet is below the bound of a stream except on loopback links; then it is given up at once.
            if (side.Buffer != 0 && !streams[side.Buffer].TryAdd(0, packet.Payload[seen..]))
                GiveUp(ref side);
        }
        else if (!wantsMore && message == Message.Stream)
        {
            streams.End(side.Buffer);
            side.Buffer = 0;
        }
    }

    private readonly void GiveUp(ref StreamSide side)
    {
        if (side.Buffer == 0)
            return;
        streams.GiveUp(side.Buffer);
        side.Buffer = 0;
    }
}
