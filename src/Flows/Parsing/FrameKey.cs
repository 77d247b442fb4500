// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Parsing;

/// <summary>
/// The key of the most common frames, read at fixed offsets: Ethernet without tags, IP without options or fragments, TCP, or
/// UDP that is no tunnel. Of any frame it can be read from, the parser finds the same key or no packet.
/// </summary>
internal struct FrameKey
{
    private const int Ipv4At = 14, Ipv4PortsAt = 34, Ipv6PortsAt = 54;
    private const int PortsBytes = 4;

    public UInt128 Source;
    public UInt128 Destination;
    public ushort SourcePort;
    public ushort DestinationPort;
    public byte IpVersion;
    public byte Protocol;

    /// <param name="frame">Of an Ethernet link.</param>
    /// <param name="key">The key.</param>
    public static bool TryRead(ReadOnlySpan<byte> frame, out FrameKey key)
    {
        key = default;
        if (frame.Length < Ipv4PortsAt + PortsBytes)
            return false;
        var type = BinaryPrimitives.ReadUInt16BigEndian(frame[12..]);
        if (type == EtherType.Ipv4)
            return frame[Ipv4At] == 0x45 && (BinaryPrimitives.ReadUInt16BigEndian(frame[20..]) & 0x3FFF) == 0 && TryReadVersion4(frame, ref key);
        return type == EtherType.Ipv6 && frame.Length >= Ipv6PortsAt + PortsBytes && TryReadVersion6(frame, ref key);
    }

    private static bool TryReadVersion4(ReadOnlySpan<byte> frame, ref FrameKey key)
    {
        key.IpVersion = 4;
        key.Protocol = frame[23];
        key.Source = BinaryPrimitives.ReadUInt32BigEndian(frame[26..]);
        key.Destination = BinaryPrimitives.ReadUInt32BigEndian(frame[30..]);
        return key.TryReadPorts(frame[Ipv4PortsAt..]);
    }

    private static bool TryReadVersion6(ReadOnlySpan<byte> frame, ref FrameKey key)
    {
        key.IpVersion = 6;
        key.Protocol = frame[20];
        key.Source = BinaryPrimitives.ReadUInt128BigEndian(frame[22..]);
        key.Destination = BinaryPrimitives.ReadUInt128BigEndian(frame[38..]);
        return key.TryReadPorts(frame[Ipv6PortsAt..]);
    }

    private bool TryReadPorts(ReadOnlySpan<byte> transport)
    {
        SourcePort = BinaryPrimitives.ReadUInt16BigEndian(transport);
        DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(transport[2..]);
        return Protocol == IpProtocol.Tcp || (Protocol == IpProtocol.Udp && !UdpTunnels.IsTunnelPort(DestinationPort));
    }
}
