// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Parsing;

/// <summary>Ethernet II with 802.1ad and 802.1Q tags.</summary>
internal static class Ethernet
{
    private const int HeaderBytes = 14;
    private const int TagBytes = 4;
    private const int VlanIdMask = 0x0FFF;

    /// <summary>Takes both addresses and the outermost VLAN id; inner tags are skipped.</summary>
    public static Layer Parse(ReadOnlySpan<byte> frame, ref int offset, ref Packet packet)
    {
        if (frame.Length - offset < HeaderBytes)
            return Layer.None;
        var header = frame[offset..];
        packet.DestinationMac = Mac(header);
        packet.SourceMac = Mac(header[6..]);
        packet.VlanId = 0;
        return SkipTags(frame, ref offset, out packet.VlanId);
    }

    /// <summary>The Ethernet header inside an MPLS pseudo-wire: addresses and tags of the outer frame stay in force.</summary>
    public static Layer SkipInner(ReadOnlySpan<byte> frame, ref int offset) =>
        frame.Length - offset < HeaderBytes ? Layer.None : SkipTags(frame, ref offset, out _);

    /// <summary>Six address bytes as a number, first byte highest.</summary>
    public static ulong Mac(ReadOnlySpan<byte> bytes) =>
        ((ulong)BinaryPrimitives.ReadUInt32BigEndian(bytes) << 16) | BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);

    private static Layer SkipTags(ReadOnlySpan<byte> frame, ref int offset, out ushort outerVlanId)
    {
        offset += HeaderBytes;
        var type = BinaryPrimitives.ReadUInt16BigEndian(frame[(offset - 2)..]);
        outerVlanId = 0;
        var first = true;
        // A service tag counts only as the outermost one, as in the exporter this one follows.
        while (type == EtherType.Vlan || (first && type == EtherType.ServiceVlan))
        {
            if (frame.Length - offset < TagBytes)
                return Layer.None;
            if (first)
                outerVlanId = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(frame[offset..]) & VlanIdMask);
            first = false;
            offset += TagBytes;
            type = BinaryPrimitives.ReadUInt16BigEndian(frame[(offset - 2)..]);
        }
        return EtherType.Next(type);
    }
}
