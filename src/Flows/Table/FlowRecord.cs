// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.InteropServices;
using Tci.Flows.Parsing;
using Tci.Flows.Plugins;
using Tci.Flows.Reassembly;

namespace Tci.Flows.Table;

/// <summary>
/// One bidirectional flow. "Forward" is the direction of its first packet. Three cache lines, packed because a table of
/// millions is as quick as it is small.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = RecordBytes)]
internal struct FlowRecord
{
    public const int RecordBytes = 192;

    /// <summary>Hash of the forward key; with 64 bits it stands for the key itself.</summary>
    public ulong Hash;
    public long FirstMicroseconds;
    public long LastMicroseconds;
    public ulong Bytes;
    public ulong BytesReverse;
    public uint Packets;
    public uint PacketsReverse;
    public ushort SourcePort;
    public ushort DestinationPort;
    public byte IpVersion;
    public byte Protocol;
    public byte TcpFlags;
    public byte TcpFlagsReverse;

    /// <summary>Handles into the slabs of the plugins, these and the two below; 0 where the flow has nothing of that kind.</summary>
    public int Dns;
    public int Quic;

    // The second cache line.
    public BasicPlusFields BasicPlus;

    /// <summary>A ServerHello was read: what is kept elsewhere need not be looked at again.</summary>
    public bool TlsDone;
    public PacketStatsFields PacketStats;

    /// <summary>Full mode: kept when the flow goes on as another of the same key.</summary>
    public StreamFields Streams;

    /// <summary>The tunnel the first packet was in.</summary>
    public TunnelType Tunnel;

    // The third: written by the first packets, read when the flow ends.
    public int Http;
    public int Tls;

    /// <summary>The tunnel's number in the first packet of each direction.</summary>
    public uint TunnelId;
    public uint TunnelIdReverse;
    public UInt128 Source;
    public UInt128 Destination;
    public ulong SourceMac;
    public ulong DestinationMac;

    public void Start(in Packet packet, ulong hash)
    {
        this = default;
        Hash = hash;
        Source = packet.Source;
        Destination = packet.Destination;
        SourceMac = packet.SourceMac;
        DestinationMac = packet.DestinationMac;
        SourcePort = packet.SourcePort;
        DestinationPort = packet.DestinationPort;
        IpVersion = packet.IpVersion;
        Protocol = packet.Protocol;
        (Tunnel, TunnelId) = (packet.Tunnel, packet.TunnelId);
        FirstMicroseconds = packet.TimeMicroseconds;
        Count(packet);
    }

    /// <summary>Goes on as a new flow of the same key after the old one was exported: it begins where that one ended.</summary>
    public void StartAgain(in Packet packet)
    {
        FirstMicroseconds = LastMicroseconds;
        Bytes = BytesReverse = 0;
        Packets = PacketsReverse = 0;
        TcpFlags = TcpFlagsReverse = 0;
        BasicPlus = default;
        PacketStats = default;
        Http = Tls = Dns = Quic = 0;
        TunnelIdReverse = 0;
        Count(packet);
    }

    public void Count(in Packet packet)
    {
        LastMicroseconds = packet.TimeMicroseconds;
        if (packet.FromSource)
        {
            Packets++;
            Bytes += packet.IpLength;
            TcpFlags |= packet.TcpFlags;
        }
        else
        {
            // Without a tunnel the third line stays untouched.
            if (PacketsReverse == 0 && packet.TunnelId != 0)
                TunnelIdReverse = packet.TunnelId;
            PacketsReverse++;
            BytesReverse += packet.IpLength;
            TcpFlagsReverse |= packet.TcpFlags;
        }
    }
}
