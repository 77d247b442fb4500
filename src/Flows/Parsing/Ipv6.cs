// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Parsing;

/// <summary>The IPv6 header and its extension headers (RFC 8200).</summary>
internal static class Ipv6
{
    private const int HeaderBytes = 40;

    public static Layer Parse(ReadOnlySpan<byte> frame, ref int offset, ref Packet packet)
    {
        if (frame.Length - offset < HeaderBytes)
            return Layer.None;
        var header = frame[offset..];
        offset += HeaderBytes;
        packet.IpVersion = 6;
        packet.Protocol = header[6];
        packet.Ttl = header[7];
        packet.IpFlags = 0;
        packet.IpPayloadLength = BinaryPrimitives.ReadUInt16BigEndian(header[4..]);
        packet.IpLength = unchecked((ushort)(packet.IpPayloadLength + HeaderBytes));
        packet.Source = BinaryPrimitives.ReadUInt128BigEndian(header[8..]);
        packet.Destination = BinaryPrimitives.ReadUInt128BigEndian(header[24..]);
        packet.FragmentOffset = 0;
        packet.MoreFragments = false;
        if (packet.Protocol is IpProtocol.Tcp or IpProtocol.Udp)
            return Layer.Transport;
        return SkipExtensions(frame, ref offset, ref packet) ? Layer.Transport : Layer.None;
    }

    private static bool SkipExtensions(ReadOnlySpan<byte> frame, ref int offset, ref Packet packet)
    {
        var start = offset;
        var last = false;
        while (!last)
        {
            // Two bytes must follow even where no extension does: the exporter this one follows drops the packet otherwise.
            if (frame.Length - offset < 2)
                return false;
            var extension = frame[offset..];
            var length = ExtensionBytes(packet.Protocol, extension[1]);
            if (length == 0)
                break;
            if (packet.Protocol == IpProtocol.Fragment && !ReadFragment(extension, ref packet))
                return false;
            last = packet.Protocol == IpProtocol.Mobility && extension[0] == IpProtocol.NoNext;
            packet.Protocol = extension[0];
            offset += length;
        }
        packet.IpPayloadLength = unchecked((ushort)(packet.IpPayloadLength - (offset - start)));
        return offset <= frame.Length;
    }

    /// <summary>Length of an extension header; 0 for a protocol that is none.</summary>
    private static int ExtensionBytes(byte protocol, byte lengthField) => protocol switch
    {
        IpProtocol.HopByHop or IpProtocol.DestinationOptions or IpProtocol.Routing or IpProtocol.Mobility => (lengthField * 8) + 8,
        IpProtocol.Authentication => (lengthField * 4) + 8, // RFC 4302, section 2.2
        IpProtocol.Fragment => 8,
        _ => 0,
    };

    private static bool ReadFragment(ReadOnlySpan<byte> extension, ref Packet packet)
    {
        if (extension.Length < 8)
            return false;
        var field = BinaryPrimitives.ReadUInt16BigEndian(extension[2..]);
        packet.FragmentOffset = (ushort)(field >> 3);
        packet.MoreFragments = (field & 1) != 0;
        packet.FragmentId = BinaryPrimitives.ReadUInt32BigEndian(extension[4..]);
        return true;
    }
}
