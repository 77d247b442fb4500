// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Parsing;

/// <summary>The IANA protocol numbers the exporter knows.</summary>
internal static class IpProtocol
{
    public const byte HopByHop = 0;
    public const byte Tcp = 6;
    public const byte Udp = 17;
    public const byte Routing = 43;
    public const byte Fragment = 44;
    public const byte Gre = 47;
    public const byte Authentication = 51;
    public const byte NoNext = 59;
    public const byte DestinationOptions = 60;
    public const byte Mobility = 135;
}
