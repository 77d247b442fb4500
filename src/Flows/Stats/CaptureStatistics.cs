// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Stats;

/// <summary>What is in a capture, or in a flow.csv.</summary>
public sealed record CaptureStatistics
{
    /// <summary>Of the frames; null for a flow.csv.</summary>
    public FrameStatistics? Frames { get; init; }

    /// <summary>Flows.</summary>
    public required long Flows { get; init; }

    /// <summary>Packets of the flows.</summary>
    public required ulong Packets { get; init; }

    /// <summary>IP bytes of the flows.</summary>
    public required ulong Bytes { get; init; }

    /// <summary>Earliest beginning of a flow, UTC; null without flows.</summary>
    public DateTime? First { get; init; }

    /// <summary>Latest end of a flow, UTC; null without flows.</summary>
    public DateTime? Last { get; init; }

    /// <summary>By IP protocol, the one of most bytes first.</summary>
    public required IReadOnlyList<TrafficShare> Protocols { get; init; }

    /// <summary>Addresses, either side, of most bytes.</summary>
    public required TopList Talkers { get; init; }

    /// <summary>The lower port of TCP and UDP flows, as <c>tcp/443</c>, of most bytes.</summary>
    public required TopList Ports { get; init; }

    /// <summary>Names by where they were seen, as <c>tls www.example.org</c>, of most bytes.</summary>
    public required TopList Names { get; init; }

    /// <summary>Flows by their duration, in ascending order.</summary>
    public required IReadOnlyList<Bucket> Durations { get; init; }

    /// <summary>Damaged inputs; the numbers are of what is before the damage.</summary>
    public IReadOnlyList<InputProblem> Problems { get; init; } = [];
}

/// <summary>All frames, those of no flow as well.</summary>
/// <param name="Count">Frames.</param>
/// <param name="WithoutFlow">Of these, not IP, broken, or cut off inside a header.</param>
/// <param name="WireBytes">Bytes they had on the wire.</param>
/// <param name="CapturedBytes">Bytes of them in the capture.</param>
/// <param name="Sizes">By bytes on the wire, in ascending order.</param>
public sealed record FrameStatistics(long Count, long WithoutFlow, long WireBytes, long CapturedBytes, IReadOnlyList<Bucket> Sizes);

/// <summary>How much of the traffic something has.</summary>
public sealed record TrafficShare(string Name, long Flows, ulong Packets, ulong Bytes);

/// <summary>The largest of many.</summary>
/// <param name="Items">The largest first; at most as many as were asked for.</param>
/// <param name="Distinct">How many different ones there are; when <paramref name="MissedBytes"/> is not 0, how many were counted at the end.</param>
/// <param name="MissedBytes">The most that one may have more than it says; 0 when all numbers are exact.</param>
public sealed record TopList(IReadOnlyList<TrafficShare> Items, int Distinct, ulong MissedBytes);

/// <summary>A class of a distribution.</summary>
/// <param name="Label">Such as <c>64-127</c>.</param>
/// <param name="Count">How many fall into it.</param>
public sealed record Bucket(string Label, long Count);
