// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Parsing;

/// <summary>The IEEE 802 numbers the exporter knows.</summary>
internal static class EtherType
{
    public const ushort Ipv4 = 0x0800;
    public const ushort Vlan = 0x8100;
    public const ushort Ipv6 = 0x86DD;
    public const ushort Mpls = 0x8847;
    public const ushort MplsMulticast = 0x8848;
    public const ushort PppoeSession = 0x8864;
    public const ushort ServiceVlan = 0x88A8;
    public const ushort Trill = 0x22F3;

    public static Layer Next(ushort type) => type switch
    {
        Ipv4 => Layer.Ipv4,
        Ipv6 => Layer.Ipv6,
        Mpls or MplsMulticast => Layer.Mpls,
        PppoeSession => Layer.Pppoe,
        Trill => Layer.Trill,
        _ => Layer.None,
    };
}
