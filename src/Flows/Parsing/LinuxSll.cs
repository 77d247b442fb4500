// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Parsing;

/// <summary>The "cooked" headers of Linux captures on all interfaces (LINKTYPE_LINUX_SLL and LINKTYPE_LINUX_SLL2).</summary>
internal static class LinuxSll
{
    private const int HeaderBytes = 16;
    private const int Version2HeaderBytes = 20;
    private const ushort EthernetHardware = 1;

    public static Layer Parse(ReadOnlySpan<byte> frame, ref int offset, ref Packet packet)
    {
        if (frame.Length - offset < HeaderBytes)
            return Layer.None;
        var header = frame[offset..];
        SetSource(header[2..], header[6..], ref packet);
        offset += HeaderBytes;
        return EtherType.Next(BinaryPrimitives.ReadUInt16BigEndian(header[14..]));
    }

    public static Layer ParseVersion2(ReadOnlySpan<byte> frame, ref int offset, ref Packet packet)
    {
        if (frame.Length - offset < Version2HeaderBytes)
            return Layer.None;
        var header = frame[offset..];
        SetSource(header[8..], header[12..], ref packet);
        offset += Version2HeaderBytes;
        return EtherType.Next(BinaryPrimitives.ReadUInt16BigEndian(header));
    }

    private static void SetSource(ReadOnlySpan<byte> hardware, ReadOnlySpan<byte> address, ref Packet packet)
    {
        if (BinaryPrimitives.ReadUInt16BigEndian(hardware) == EthernetHardware)
            packet.SourceMac = Ethernet.Mac(address);
    }
}
