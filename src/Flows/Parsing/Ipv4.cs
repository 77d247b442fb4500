// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Parsing;

/// <summary>The IPv4 header (RFC 791).</summary>
internal static class Ipv4
{
    private const int MinHeaderBytes = 20;

    public static Layer Parse(ReadOnlySpan<byte> frame, ref int offset, ref Packet packet)
    {
        if (frame.Length - offset < MinHeaderBytes)
            return Layer.None;
        var header = frame[offset..];
        var headerBytes = (header[0] & 0x0F) * 4;
        if (headerBytes < MinHeaderBytes || headerBytes > header.Length)
            return Layer.None;
        offset += headerBytes;
        packet.Protocol = header[9];
        if (packet.Protocol == IpProtocol.Gre)
            return Layer.Gre;

        packet.IpVersion = 4;
        packet.Ttl = header[8];
        packet.IpLength = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
        // Wraps when the length field is less than the header (captures made before segmentation offload write 0 there).
        packet.IpPayloadLength = unchecked((ushort)(packet.IpLength - headerBytes));
        packet.Source = BinaryPrimitives.ReadUInt32BigEndian(header[12..]);
        packet.Destination = BinaryPrimitives.ReadUInt32BigEndian(header[16..]);
        packet.FragmentId = BinaryPrimitives.ReadUInt16BigEndian(header[4..]);
        var fragment = BinaryPrimitives.ReadUInt16BigEndian(header[6..]);
        packet.IpFlags = (byte)(fragment >> 13);
        packet.FragmentOffset = (ushort)(fragment & 0x1FFF);
        packet.MoreFragments = (fragment & 0x2000) != 0;
        return Layer.Transport;
    }
}
