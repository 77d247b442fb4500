// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Tests.Fuzzing;

/// <summary>A part of the exporter that takes bytes of others.</summary>
/// <param name="Name">Of the part.</param>
/// <param name="Rounds">How many are a short run.</param>
/// <param name="Round">Feeds it once with what chance makes; true when it got past the first checks. Any exception is a fault.</param>
internal sealed record FuzzTarget(string Name, int Rounds, Func<Random, bool> Round)
{
    /// <summary>Every parser and every reader.</summary>
    public static readonly IReadOnlyList<FuzzTarget> All =
    [
        new("frames", 20_000, PacketTargets.Frame),
        new("datagrams", 500, PacketTargets.Datagrams),
        new("segments", 300, PacketTargets.Segments),
        new("whole traffic", 5, PacketTargets.Traffic),
        new("initials' frames", 4_000, QuicTargets.Frames),
        new("protected datagrams", 300, QuicTargets.Datagrams),
        new("transport parameters", 20_000, QuicTargets.Parameters),
        new("pcap", 500, FileTargets.Pcap),
        new("pcapng", 500, FileTargets.PcapNg),
        new("gzip", 500, FileTargets.Gzip),
        new("flow.csv", 300, TableTargets.FlowCsv),
        new("index", 50, TableTargets.Index),
        new("description", 2_000, TableTargets.Description),
        new("condition", 2_000, TableTargets.Condition),
    ];
}
