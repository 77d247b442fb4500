// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Parsing;

/// <summary>Headers between link layer and IP that are skipped: what they carry is the flow.</summary>
internal static class Tunnels
{
    private const ushort TransparentEthernet = 0x6558;
    private const ushort Erspan = 0x88BE;
    private const ushort Erspan3 = 0x22EB;

    /// <summary>TRILL (RFC 6325, section 3.2): six bytes and options counted in words; Ethernet follows.</summary>
    public static Layer SkipTrill(ReadOnlySpan<byte> frame, ref int offset)
    {
        const int HeaderBytes = 6;
        if (frame.Length - offset < HeaderBytes)
            return Layer.None;
        var optionWords = (BinaryPrimitives.ReadUInt16BigEndian(frame[offset..]) >> 6) & 0x1F;
        offset += HeaderBytes + (optionWords * 4);
        return Layer.Ethernet;
    }

    /// <summary>An MPLS label stack (RFC 3032); the first nibble behind it says IPv4, IPv6 or a pseudo-wire control word (RFC 4385).</summary>
    public static Layer SkipMpls(ReadOnlySpan<byte> frame, ref int offset)
    {
        const int EntryBytes = 4;
        bool bottom;
        do
        {
            if (frame.Length - offset < EntryBytes)
                return Layer.None;
            bottom = (frame[offset + 2] & 1) != 0;
            offset += EntryBytes;
        }
        while (!bottom);
        if (frame.Length <= offset)
            return Layer.None;
        switch (frame[offset] >> 4)
        {
            case 4:
                return Layer.Ipv4;
            case 6:
                return Layer.Ipv6;
            case 0:
                offset += EntryBytes;
                return Layer.InnerEthernet;
            default:
                return Layer.None;
        }
    }

    /// <summary>A PPPoE session header (RFC 2516, section 4) and the PPP protocol number.</summary>
    public static Layer SkipPppoe(ReadOnlySpan<byte> frame, ref int offset)
    {
        const int HeaderBytes = 8;
        if (frame.Length - offset < HeaderBytes || frame[offset + 1] != 0)
            return Layer.None;
        var protocol = BinaryPrimitives.ReadUInt16BigEndian(frame[(offset + 6)..]);
        offset += HeaderBytes;
        return protocol switch
        {
            0x0021 => Layer.Ipv4,
            0x0057 => Layer.Ipv6,
            _ => Layer.None,
        };
    }

    /// <summary>GRE (RFC 2784, RFC 2890). IP, MPLS and PPPoE are looked into; in full mode also ERSPAN and Ethernet.</summary>
    public static Layer SkipGre(ReadOnlySpan<byte> frame, ExportMode mode, ref int offset, ref Packet packet)
    {
        const int BaseBytes = 4, OptionalWordBytes = 4;
        if (frame.Length - offset < BaseBytes)
            return Layer.None;
        var flags = BinaryPrimitives.ReadUInt16BigEndian(frame[offset..]);
        var type = BinaryPrimitives.ReadUInt16BigEndian(frame[(offset + 2)..]);
        offset += BaseBytes;
        foreach (var present in (ReadOnlySpan<int>)[0x8000, 0x2000, 0x1000]) // checksum, key, sequence number
            offset += (flags & present) != 0 ? OptionalWordBytes : 0;
        if (mode == ExportMode.Full && type is (TransparentEthernet or Erspan or Erspan3))
            return SkipErspan(frame, type, numbered: (flags & 0x1000) != 0, ref offset, ref packet);
        var next = EtherType.Next(type);
        return next is Layer.Ipv4 or Layer.Ipv6 or Layer.Mpls or Layer.Pppoe ? next : Layer.None;
    }

    /// <summary>
    /// Mirrored frames (draft-foschiano-erspan): type I has no header and no GRE sequence number, type II eight bytes, type III
    /// twelve and eight more where the last bit says so. Ethernet over GRE has none either.
    /// </summary>
    private static Layer SkipErspan(ReadOnlySpan<byte> frame, ushort type, bool numbered, ref int offset, ref Packet packet)
    {
        const int Type2Bytes = 8, Type3Bytes = 12, SubheaderBytes = 8;
        var hasHeader = type == Erspan3 || (type == Erspan && numbered);
        if (!hasHeader)
            return Layer.Ethernet;
        if (frame.Length - offset < (type == Erspan3 ? Type3Bytes : Type2Bytes))
            return Layer.None;
        (packet.Tunnel, packet.TunnelId) = (TunnelType.Erspan, BinaryPrimitives.ReadUInt16BigEndian(frame[(offset + 2)..]) & 0x3FFu);
        if (type == Erspan)
        {
            offset += Type2Bytes;
            return Layer.Ethernet;
        }
        var more = (frame[offset + Type3Bytes - 1] & 1) != 0;
        offset += Type3Bytes + (more ? SubheaderBytes : 0);
        return Layer.Ethernet;
    }
}
