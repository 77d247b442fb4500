// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Parsing;

/// <summary>
/// What the flow table and the plugins see of one packet. Of packets inside tunnels these are the fields of the
/// innermost one. Addresses are big-endian numbers; IPv4 takes the low 32 bits.
/// </summary>
internal ref struct Packet
{
    public long TimeMicroseconds;
    public UInt128 Source;
    public UInt128 Destination;
    public ulong SourceMac;
    public ulong DestinationMac;
    public ushort VlanId;

    /// <summary>The innermost tunnel that names itself, full mode only, and its network, tunnel or session number.</summary>
    public TunnelType Tunnel;
    public uint TunnelId;

    /// <summary>What of all tunnels around the packet tells flows apart; 0 where nothing does.</summary>
    public ulong TunnelKey;

    public byte IpVersion;
    public byte Protocol;
    public byte Ttl;
    public byte IpFlags;

    /// <summary>IP length in bytes: total length of version 4, payload + 40 of version 6.</summary>
    public ushort IpLength;

    /// <summary>Bytes behind the IP header and its extensions, as the headers say.</summary>
    public ushort IpPayloadLength;

    public uint FragmentId;
    public ushort FragmentOffset;
    public bool MoreFragments;

    public ushort SourcePort;
    public ushort DestinationPort;
    public byte TcpFlags;
    public ushort TcpWindow;
    public uint TcpSequence;
    public uint TcpAcknowledgement;
    public uint TcpMss;
    public ulong TcpOptions;

    /// <summary>Payload length in bytes as the headers say, whatever was captured.</summary>
    public ushort PayloadLength;

    /// <summary>The captured part of the payload, without Ethernet padding.</summary>
    public ReadOnlySpan<byte> Payload;

    /// <summary>Whether the packet goes the way of its flow's first packet. Set by the flow table.</summary>
    public bool FromSource;

    public readonly bool IsFragment => MoreFragments || FragmentOffset != 0;

    public readonly bool IsLaterFragment => FragmentOffset != 0;
}
