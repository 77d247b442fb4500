// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Parsing;

/// <summary>From the end of the IP headers to the payload.</summary>
internal static class Transport
{
    private const int UdpHeaderBytes = 8;

    public static bool TryParse(ReadOnlySpan<byte> frame, int offset, ExportMode mode, ref Packet packet)
    {
        var segment = frame[Math.Min(offset, frame.Length)..];
        if (packet.IsLaterFragment)
            return TakeLaterFragment(segment, mode, ref packet);
        var headerBytes = packet.Protocol switch
        {
            IpProtocol.Tcp => Tcp.Parse(segment, mode, ref packet),
            IpProtocol.Udp => ParseUdp(segment, ref packet),
            _ => 0,
        };
        if (headerBytes < 0)
            return false;
        packet.PayloadLength = unchecked((ushort)(packet.IpPayloadLength - headerBytes));
        packet.Payload = segment[headerBytes..Math.Min(segment.Length, headerBytes + packet.PayloadLength)];
        return true;
    }

    /// <summary>
    /// A later fragment has no transport header; its ports come from the first one and its payload is nobody's message.
    /// In compatible mode eight bytes of a UDP fragment are counted as header, as ipfixprobe 4.16 does.
    /// </summary>
    private static bool TakeLaterFragment(ReadOnlySpan<byte> segment, ExportMode mode, ref Packet packet)
    {
        var phantomHeader = mode == ExportMode.Compatible && packet.Protocol == IpProtocol.Udp ? UdpHeaderBytes : 0;
        packet.PayloadLength = (ushort)Math.Max(0, packet.IpPayloadLength - phantomHeader);
        return segment.Length >= phantomHeader;
    }

    private static int ParseUdp(ReadOnlySpan<byte> segment, ref Packet packet)
    {
        if (segment.Length < UdpHeaderBytes)
            return -1;
        packet.SourcePort = BinaryPrimitives.ReadUInt16BigEndian(segment);
        packet.DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(segment[2..]);
        return UdpHeaderBytes;
    }
}
