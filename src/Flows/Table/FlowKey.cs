// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Tci.Flows.Parsing;

namespace Tci.Flows.Table;

/// <summary>
/// The hash of a flow's key in both directions: ports, protocol, IP version, addresses, outermost VLAN id, laid out
/// as ipfixprobe does (numbers little-endian, addresses as on the wire). Full mode adds the tunnels around the packet.
/// </summary>
internal static class FlowKey
{
    private const int Version6KeyBytes = 40;

    public static ulong Forward(in Packet packet) => packet.TunnelKey
        ^ Hash(packet.IpVersion, packet.Protocol, packet.VlanId, packet.SourcePort, packet.DestinationPort, packet.Source, packet.Destination);

    public static ulong Reverse(in Packet packet) => packet.TunnelKey
        ^ Hash(packet.IpVersion, packet.Protocol, packet.VlanId, packet.DestinationPort, packet.SourcePort, packet.Destination, packet.Source);

    public static ulong Forward(in FrameKey key) => Hash(key.IpVersion, key.Protocol, 0, key.SourcePort, key.DestinationPort, key.Source, key.Destination);

    public static ulong Reverse(in FrameKey key) => Hash(key.IpVersion, key.Protocol, 0, key.DestinationPort, key.SourcePort, key.Destination, key.Source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Hash(byte version, byte protocol, ushort vlan, ushort fromPort, ushort toPort, UInt128 from, UInt128 to)
    {
        var head = fromPort | ((ulong)toPort << 16) | ((ulong)protocol << 32) | ((ulong)version << 40);
        return version == 4
            ? Version4(head, BinaryPrimitives.ReverseEndianness((uint)from), BinaryPrimitives.ReverseEndianness((uint)to), vlan)
            : Version6(head, from, to, vlan);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Version4(ulong head, ulong from, ulong to, ushort vlan) =>
        XxHash64.Hash(head | (from << 48), (from >> 16) | (to << 16) | ((ulong)vlan << 48));

    private static ulong Version6(ulong head, UInt128 from, UInt128 to, ushort vlan)
    {
        Span<byte> key = stackalloc byte[Version6KeyBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(key, head);
        BinaryPrimitives.WriteUInt128BigEndian(key[6..], from);
        BinaryPrimitives.WriteUInt128BigEndian(key[22..], to);
        BinaryPrimitives.WriteUInt16LittleEndian(key[38..], vlan);
        return XxHash64.Hash(key);
    }
}
