// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Quic;

/// <summary>What one datagram holds; an element of the QUIC_PACKETS column.</summary>
[Flags]
internal enum QuicPacketFlags : byte
{
    None = 0,
    Initial = 0x01,
    ZeroRtt = 0x02,
    Handshake = 0x04,
    Retry = 0x08,
    VersionNegotiation = 0x10,

    /// <summary>The second bit of the datagram's first byte, "fixed" unless the client greases it (RFC 9287).</summary>
    QuicBit = 0x80,
}
