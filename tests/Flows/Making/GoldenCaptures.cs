// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Tests.Making;

/// <summary>The captures of tests/golden/flows that are made by a program: this one, always the same bytes.</summary>
internal static class GoldenCaptures
{
    public static readonly IReadOnlyDictionary<string, Func<PcapFile>> Makers = new Dictionary<string, Func<PcapFile>>
    {
        ["quic-versions"] = QuicCaptures.Versions,
        ["quic-retry"] = QuicCaptures.Retries,
        ["quic-coalesced"] = QuicCaptures.Coalesced,
        ["quic-negotiation"] = QuicCaptures.Negotiations,
        ["quic-multiplexed"] = QuicCaptures.Multiplexed,
        ["tcp-segments"] = TcpCaptures.Segments,
        ["quic-odd"] = QuicCaptures.Odd,
    };
}
