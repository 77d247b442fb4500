// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Tests.Making;

/// <summary>What random traffic may hold beside the rest, where ipfixprobe 4.16 reads left-over bytes if it meets something else as well.</summary>
[Flags]
public enum TrafficKinds
{
    None = 0,

    /// <summary>Not together with <see cref="Fragments"/>: IPv6 packets inherit the fragment fields of earlier ones.</summary>
    Version6 = 1,

    Fragments = 2,

    /// <summary>Not while the plugins dns and quic both run: 4.16 never ends.</summary>
    DnsOverTcp = 4,

    /// <summary>ServerHellos. Not where flows are displaced: one without its ClientHello leaks into the next flow.</summary>
    ServerHellos = 8,
}
