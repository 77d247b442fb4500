// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using Tci.Flows.Parsing;

namespace Tci.Flows.Plugins.Quic;

/// <summary>
/// Walks the coalesced packets of one datagram (RFC 9000, section 12.2) and describes what it found. Kept and used
/// again, so that a datagram costs no allocation.
/// </summary>
internal sealed class QuicDatagram(ExportMode mode, InitialReader initials)
{
    // First byte, version, two id lengths, and at least a byte behind them.
    private const int MinPacketBytes = 8;
    private const int LongHeader = 0x80;
    private const int QuicBit = 0x40;
    private const int RetryTagBytes = 16;

    private bool version2;
    private ConnectionId destination;
    private ConnectionId source;

    public QuicPacketFlags Flags { get; private set; }

    /// <summary>The version of the last header that was begun.</summary>
    public uint Version { get; private set; }

    /// <summary>Initial when there is one, else the last packet's.</summary>
    public QuicPacketType Type { get; private set; }

    public ref readonly ConnectionId Destination => ref destination;

    public ref readonly ConnectionId Source => ref source;

    public ulong TokenLength { get; private set; }

    public int ZeroRttPackets { get; private set; }

    /// <summary>The server's port where the packets show it; 0 else.</summary>
    public ushort ServerPort { get; private set; }

    /// <summary>Whether a ClientHello is whole with this datagram; <see cref="Hello"/> tells it.</summary>
    public bool HelloParsed { get; private set; }

    /// <summary>Full mode: whether the datagram holds an Initial that the client made, with the whole hello or not.</summary>
    public bool IsClients => mode == ExportMode.Full && initials.HandshakeType == Tls.HelloHeader.ClientHello;

    public QuicHello Hello => initials.Hello;

    /// <summary>False when this is no QUIC with a long header; <see cref="Flags"/> is set in any case.</summary>
    public bool TryRead(in Packet packet, QuicFields flow)
    {
        var payload = packet.Payload;
        Flags = !payload.IsEmpty && (payload[0] & QuicBit) != 0 ? QuicPacketFlags.QuicBit : QuicPacketFlags.None;
        if (packet.Protocol != IpProtocol.Udp || payload.Length < MinPacketBytes || (payload[0] & LongHeader) == 0)
            return false;
        var version = BinaryPrimitives.ReadUInt32BigEndian(payload[1..]);
        if (!QuicVersion.IsSupported(version))
            return false;
        Begin(version);
        return Walk(packet, flow) && Flags != QuicPacketFlags.None;
    }

    private void Begin(uint version)
    {
        version2 = QuicVersion.IsVersion2(version);
        destination = source = default;
        Type = QuicPacketType.Unknown;
        TokenLength = QuicFields.NoToken;
        ZeroRttPackets = 0;
        ServerPort = 0;
        HelloParsed = false;
        initials.BeginDatagram();
    }

    private bool Walk(in Packet packet, QuicFields flow)
    {
        var payload = packet.Payload;
        var at = 0;
        while (payload.Length - at >= MinPacketBytes)
        {
            var start = at;
            if (!TryReadHeader(payload, ref at))
                break;
            if (!TryReadRest(payload, start, ref at, flow))
                return false;
            TakeServerPort(packet);
            if (Type == QuicPacketType.Retry)
                break;
        }
        if ((Flags & QuicPacketFlags.Initial) != 0)
            Type = QuicPacketType.Initial;
        return true;
    }

    /// <summary>The part all long headers share. What was read of a broken one stays.</summary>
    private bool TryReadHeader(ReadOnlySpan<byte> payload, ref int at)
    {
        var first = payload[at];
        if ((first & LongHeader) == 0)
            return false;
        Version = BinaryPrimitives.ReadUInt32BigEndian(payload[(at + 1)..]);
        version2 |= QuicVersion.IsVersion2(Version);
        if (Version != QuicVersion.Negotiation && QuicVersion.Salt(Version, version2) == InitialSalt.None)
            return false;
        at += 5;
        if (!TryReadId(payload, ref at, ref destination) || !TryReadId(payload, ref at, ref source))
            return false;
        TakeType(first);
        return true;
    }

    /// <summary>An id of no bytes leaves the one of the packet before it.</summary>
    private static bool TryReadId(ReadOnlySpan<byte> payload, ref int at, ref ConnectionId id)
    {
        int length = payload[at++];
        if (length > ConnectionId.MaxBytes || at + length >= payload.Length)
            return false;
        if (length > 0)
            id.Set(payload.Slice(at, length));
        at += length;
        return true;
    }

    private void TakeType(byte first)
    {
        if (Version == QuicVersion.Negotiation)
        {
            Type = QuicPacketType.VersionNegotiation;
            Flags |= QuicPacketFlags.VersionNegotiation;
            return;
        }
        // Version 2 counts the types from one (RFC 9369, section 3.2).
        var number = (first >> 4) & 3;
        Type = (QuicPacketType)(version2 ? (number + 3) & 3 : number);
        Flags |= (QuicPacketFlags)(1 << (int)Type);
    }

    /// <summary>What follows the shared part, by type. False ends the datagram as something else than QUIC.</summary>
    private bool TryReadRest(ReadOnlySpan<byte> payload, int start, ref int at, QuicFields flow)
    {
        switch (Type)
        {
            case QuicPacketType.ZeroRtt:
                ZeroRttPackets = Math.Min(ZeroRttPackets + 1, byte.MaxValue);
                Skip(payload, ref at);
                return true;
            case QuicPacketType.Handshake:
                return Skip(payload, ref at) <= MaxPayloadBytes;
            case QuicPacketType.Initial:
                return TryReadInitial(payload, start, ref at, flow);
            case QuicPacketType.Retry:
                // From the packet's place, not the datagram's, as in ipfixprobe; so right for a packet alone, which a Retry is.
                TokenLength = unchecked((ulong)(payload.Length - start - at - RetryTagBytes));
                at = payload.Length;
                return true;
            default:
                return true;
        }
    }

    // ipfixprobe's buffers end here.
    private ulong MaxPayloadBytes => mode == ExportMode.Compatible ? (ulong)CryptoFrames.BufferBytes : ushort.MaxValue;

    private static ulong Skip(ReadOnlySpan<byte> payload, ref int at)
    {
        VariableInteger.TryRead(payload, ref at, out var length);
        at += (int)Math.Min(length, (ulong)(payload.Length - at));
        return length;
    }

    private bool TryReadInitial(ReadOnlySpan<byte> payload, int start, ref int at, QuicFields flow)
    {
        VariableInteger.TryRead(payload, ref at, out var tokenLength);
        TokenLength = tokenLength;
        if (tokenLength >= (ulong)(payload.Length - at))
            return false;
        at += (int)tokenLength;
        VariableInteger.TryRead(payload, ref at, out var length);
        // A byte of the sample must be there.
        if (length > MaxPayloadBytes || payload.Length - at <= 4)
            return false;
        if (!HelloParsed)
        {
            var protection = new InitialProtection(QuicVersion.Salt(Version, version2), version2);
            HelloParsed = initials.TryRead(new InitialPacket(payload, start, at, (int)length), protection, destination, flow);
        }
        at += (int)Math.Min(length, (ulong)(payload.Length - at));
        return true;
    }

    private void TakeServerPort(in Packet packet)
    {
        switch (Type)
        {
            case QuicPacketType.Initial when initials.HandshakeType == Tls.HelloHeader.ClientHello:
            case QuicPacketType.ZeroRtt:
                ServerPort = packet.DestinationPort;
                break;
            case QuicPacketType.Initial when initials.HandshakeType == Tls.HelloHeader.ServerHello:
            case QuicPacketType.VersionNegotiation or QuicPacketType.Retry:
                ServerPort = packet.SourcePort;
                break;
        }
    }
}
