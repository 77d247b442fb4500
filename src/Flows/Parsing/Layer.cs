// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Parsing;

/// <summary>What comes next in a frame.</summary>
internal enum Layer
{
    /// <summary>Nothing that is a flow: not IP, or a header that is broken or beyond the captured bytes.</summary>
    None,
    Ethernet,
    InnerEthernet,
    LinuxSll,
    LinuxSll2,
    RawIp,
    Trill,
    Mpls,
    Pppoe,
    Gre,
    Ipv4,
    Ipv6,
    Transport,
}
