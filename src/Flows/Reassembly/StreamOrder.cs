// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Parsing;

namespace Tci.Flows.Reassembly;

/// <summary>Sorts a TCP packet into its stream by sequence number.</summary>
internal static class StreamOrder
{
    // A packet farther ahead than any window in use is not late company for lost ones: the stream is taken up anew there.
    private const int MaxGapBytes = 1 << 20;

    /// <summary>Takes a packet in; adds it to the stream that is being put together, or begins one when the first bytes are late.</summary>
    /// <param name="side">The packet's direction.</param>
    /// <param name="packet">A TCP packet.</param>
    /// <param name="streams">Where streams are kept.</param>
    /// <param name="seen">First bytes of the payload that were seen already.</param>
    public static Message Take(ref StreamSide side, in Packet packet, StreamBuffers streams, out int seen)
    {
        seen = 0;
        if ((packet.TcpFlags & Tcp.Syn) != 0)
            Begin(ref side, packet.TcpSequence + 1);
        if (packet.PayloadLength == 0 || packet.Payload.IsEmpty || (packet.TcpFlags & Tcp.Syn) != 0)
            return Message.None;
        if (!side.IsKnown)
            Begin(ref side, packet.TcpSequence);
        var first = !side.HasBegun;
        side.HasBegun = true;
        var ahead = unchecked((int)(packet.TcpSequence - side.Next));
        if (ahead <= 0)
        {
            if (-(long)ahead >= packet.PayloadLength)
                return Message.None;
            seen = -ahead;
            side.Next = unchecked(packet.TcpSequence + packet.PayloadLength);
        }
        else if (ahead > MaxGapBytes)
            side.Next = unchecked(packet.TcpSequence + packet.PayloadLength);
        else if (first && side.Buffer == 0 && ahead < StreamBuffer.MaxBytes)
            BeginStream(ref side, side.Next, streams);
        if (side.Buffer != 0)
            return Add(ref side, packet, streams);
        return seen < packet.Payload.Length ? Message.Payload : Message.None;
    }

    /// <summary>Begins to put a stream together at a sequence number.</summary>
    public static void BeginStream(ref StreamSide side, uint sequence, StreamBuffers streams)
    {
        side.Buffer = streams.Begin();
        if (side.Buffer != 0)
            streams[side.Buffer].FirstSequence = sequence;
    }

    private static void Begin(ref StreamSide side, uint sequence)
    {
        side.Next = sequence;
        side.IsKnown = true;
    }

    private static Message Add(ref StreamSide side, in Packet packet, StreamBuffers streams)
    {
        var stream = streams[side.Buffer];
        var before = stream.PrefixBytes;
        if (!stream.TryAdd(unchecked((int)(packet.TcpSequence - stream.FirstSequence)), packet.Payload))
        {
            streams.GiveUp(side.Buffer);
            side.Buffer = 0;
            return Message.None;
        }
        // What came too early closes up with this packet.
        var end = unchecked(stream.FirstSequence + (uint)stream.PrefixBytes);
        if (unchecked((int)(end - side.Next)) > 0)
            side.Next = end;
        return stream.PrefixBytes > before ? Message.Stream : Message.None;
    }
}
