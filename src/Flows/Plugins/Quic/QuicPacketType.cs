// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Quic;

/// <summary>Kinds of packets with a long header (RFC 9000, section 17.2).</summary>
internal enum QuicPacketType
{
    Initial,
    ZeroRtt,
    Handshake,
    Retry,
    VersionNegotiation,

    /// <summary>The datagram looks like QUIC, but no header in it could be read.</summary>
    Unknown,
}
