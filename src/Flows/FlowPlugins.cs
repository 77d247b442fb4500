// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows;

/// <summary>Which plugins run, and so which columns there are. Key, times, counters and TCP flags are always told.</summary>
[Flags]
public enum FlowPlugins
{
    /// <summary>Only what every flow has.</summary>
    Basic = 0,

    /// <summary>IP and TCP header fields.</summary>
    BasicPlus = 1,

    /// <summary>HTTP/1 requests and responses.</summary>
    Http = 2,

    /// <summary>Lengths, flags, directions and times of the first packets.</summary>
    PacketStats = 4,

    /// <summary>TLS handshakes over TCP.</summary>
    Tls = 8,

    /// <summary>DNS messages.</summary>
    Dns = 16,

    /// <summary>QUIC handshakes.</summary>
    Quic = 32,

    /// <summary>Every plugin: the 75 columns.</summary>
    All = BasicPlus | Http | PacketStats | Tls | Dns | Quic,
}
