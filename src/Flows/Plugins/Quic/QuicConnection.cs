// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Parsing;
using Tci.Flows.Table;

namespace Tci.Flows.Plugins.Quic;

/// <summary>
/// Brings what a datagram says into the flow's columns. The rules, and their order, are those of ipfixprobe: which packet
/// a connection id is taken from depends on which direction was known by then.
/// </summary>
internal static class QuicConnection
{
    private enum Direction
    {
        Unknown,
        ToServer,
        FromServer,
    }

    /// <param name="datagram">What was read.</param>
    /// <param name="fields">Takes it.</param>
    /// <param name="flow">The flow, this datagram counted.</param>
    /// <param name="packet">The datagram's packet.</param>
    /// <param name="isNew">Whether this is the flow's first QUIC datagram.</param>
    public static FlowAction Take(QuicDatagram datagram, QuicFields fields, in FlowRecord flow, in Packet packet, bool isNew)
    {
        fields.SetDatagram(flow.Packets + flow.PacketsReverse - 1, datagram.Flags);
        var zeroRtt = (datagram.Flags & QuicPacketFlags.ZeroRtt) != 0;
        if (!zeroRtt)
            fields.Version = datagram.Version;
        var direction = FindDirection(datagram, fields, packet, isNew);
        if (zeroRtt)
            fields.ZeroRttPackets = (byte)Math.Min(byte.MaxValue, fields.ZeroRttPackets + datagram.ZeroRttPackets);
        if (datagram.Version == QuicVersion.Negotiation)
        {
            TakeIds(datagram, fields, flow, packet, direction, isNew);
            return FlowAction.End;
        }
        fields.HelloParsed |= datagram.HelloParsed;
        switch (datagram.Type)
        {
            case QuicPacketType.Initial:
                TakeInitial(datagram, fields, flow, packet, isNew);
                break;
            case QuicPacketType.Handshake:
                TakeIds(datagram, fields, flow, packet, direction, isNew);
                break;
            case QuicPacketType.Retry:
                TakeRetry(datagram, fields);
                break;
            case QuicPacketType.ZeroRtt:
                fields.OriginalClient.SetOnce(datagram.Source);
                break;
        }
        return FlowAction.None;
    }

    private static void TakeInitial(QuicDatagram datagram, QuicFields fields, in FlowRecord flow, in Packet packet, bool isNew)
    {
        // Keys stay those of the first Initial until a Retry.
        if (fields.KeyId.Length == 0)
            fields.KeyId = datagram.Destination;
        // A hello may become whole when the client uses the server's id already.
        if (datagram.IsClients)
            fields.OriginalServer.SetOnce(datagram.Destination);
        if (!datagram.HelloParsed)
        {
            TakeIds(datagram, fields, flow, packet, FindDirection(datagram, fields, packet, isNew), isNew);
            return;
        }
        QuicIds.TakeHeld(fields, isNew);
        TakeHello(datagram, fields, isNew);
        fields.HelloSeen = true;
        if (fields.ExtensionsSet)
            return;
        fields.Hello.Extensions.CopyFrom(datagram.Hello.Extensions);
        fields.Hello.Bodies.Set(datagram.Hello.Bodies.Value);
        fields.ExtensionsSet = true;
    }

    private static void TakeHello(QuicDatagram datagram, QuicFields fields, bool isNew)
    {
        fields.TokenLength = datagram.TokenLength;
        if (IsAnswerToRetry(datagram, fields))
            return;
        if (!isNew && fields.HelloSeen && !IsRepeated(datagram, fields))
        {
            fields.Multiplexed = (byte)Math.Min(byte.MaxValue, fields.Multiplexed + 1);
            return;
        }
        fields.ServerPort = datagram.ServerPort;
        fields.Hello.ServerName.Set(datagram.Hello.ServerName.Value);
        fields.Hello.ClientHello.CopyFrom(datagram.Hello.ClientHello);
        fields.Hello.UserAgent.Set(datagram.Hello.UserAgent.Value);
        fields.OriginalServer.SetOnce(datagram.Destination);
        fields.OriginalClient.SetOnce(datagram.Source);
        if (fields.ClientVersionSet)
            return;
        fields.ClientVersion = datagram.Version;
        fields.ClientVersionSet = true;
    }

    /// <summary>The same hello again with the Retry's token: everything is known from the first one.</summary>
    private static bool IsAnswerToRetry(QuicDatagram datagram, QuicFields fields) =>
        datagram.TokenLength is > 0 and not QuicFields.NoToken
        && fields.Retry.Length == datagram.Destination.Length
        && fields.Retry.EqualsAsText(datagram.Destination, fields.Retry.Length);

    /// <summary>A hello for the same name to an id that is known is not another connection.</summary>
    private static bool IsRepeated(QuicDatagram datagram, QuicFields fields)
    {
        ref readonly var id = ref datagram.Destination;
        var known = id.EqualsAsText(fields.OriginalServer.Id, id.Length)
            || (fields.ServerSeen && id.Length == fields.Server.Id.Length && id.EqualsAsText(fields.Server.Id, id.Length));
        return known && fields.Hello.ServerName.Value.SequenceEqual(datagram.Hello.ServerName.Value);
    }

    private static void TakeRetry(QuicDatagram datagram, QuicFields fields)
    {
        fields.RetryPackets = unchecked((byte)(fields.RetryPackets + 1));
        // A client follows one Retry only (RFC 9000, section 17.2.5.2).
        if (fields.RetryPackets == 1)
        {
            fields.Retry = datagram.Source;
            fields.KeyId = datagram.Source;
            fields.TokenLength = datagram.TokenLength;
        }
        fields.OriginalClient.SetOnce(datagram.Destination);
    }

    private static Direction FindDirection(QuicDatagram datagram, QuicFields fields, in Packet packet, bool isNew)
    {
        var port = datagram.ServerPort != 0 ? datagram.ServerPort : isNew ? (ushort)0 : fields.ServerPort;
        if (port == 0)
            return Direction.Unknown;
        if (fields.ServerPort == 0)
            fields.ServerPort = datagram.ServerPort;
        if (packet.DestinationPort == port)
            return Direction.ToServer;
        fields.ServerSeen = true;
        return Direction.FromServer;
    }

    private static void TakeIds(
        QuicDatagram datagram, QuicFields fields, in FlowRecord flow, in Packet packet, Direction direction, bool isNew)
    {
        if (direction == Direction.Unknown)
        {
            QuicIds.Hold(fields, datagram, packet.DestinationPort);
            return;
        }
        QuicIds.TakeHeld(fields, isNew);
        if (direction == Direction.FromServer)
        {
            fields.OriginalClient.SetOnce(datagram.Destination);
            if (fields.ServerSeen)
                fields.Server.SetOnce(datagram.Source);
            return;
        }
        var fromServer = (byte)(datagram.ServerPort == flow.SourcePort ? flow.Packets : flow.PacketsReverse);
        if (fields.ServerSeen && fromServer - 1 != fields.RetryPackets)
            fields.Server.SetOnce(datagram.Destination);
        fields.OriginalClient.SetOnce(datagram.Source);
    }
}
