// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Captures;

/// <summary>
/// What a captured frame begins with. The numbers are those of the pcap link-type registry
/// (draft-ietf-opsawg-pcaplinktype); any other number is a link type the exporter does not read.
/// </summary>
internal enum LinkType : ushort
{
    Ethernet = 1,

    // DLT_RAW is 12 or 14 in files of some old systems, 101 in the registry.
    RawOld = 12,
    RawOpenBsd = 14,
    Raw = 101,
    LinuxSll = 113,
    Ipv4 = 228,
    Ipv6 = 229,
    LinuxSll2 = 276,
}

internal static class LinkTypes
{
    public static bool IsKnown(LinkType link) =>
        link is LinkType.Ethernet or LinkType.Raw or LinkType.RawOld or LinkType.RawOpenBsd
            or LinkType.LinuxSll or LinkType.LinuxSll2 or LinkType.Ipv4 or LinkType.Ipv6;
}
