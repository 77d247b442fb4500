// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Probe.Engine;

/// <summary>summary.json, the engine's last word on a capture: the members the probe needs (docs/formats/capture-directory.md).</summary>
internal sealed record SummaryFile
{
    public string Engine { get; init; } = "";

    /// <summary><c>engine</c> or <c>repair</c>.</summary>
    public string CompletedBy { get; init; } = "";

    public required SummaryEnd End { get; init; }

    public SummarySource? Source { get; init; }

    public SummaryRequest Request { get; init; } = new();

    public SummaryTimes Times { get; init; } = new();

    public SummaryCounters Counters { get; init; } = new();

    /// <summary>Null in the summary of a repair.</summary>
    public SummaryOverloads? Overloads { get; init; }

    public IReadOnlyList<SummaryTraffic> Files { get; init; } = [];
}

/// <param name="Number">A <see cref="Interop.TciCode"/>.</param>
/// <param name="Position">Bad filter: offset in bytes.</param>
internal sealed record SummaryEnd(int Number, string Message = "", int? Position = null);

internal sealed record SummaryRequest
{
    public string Filter { get; init; } = "";
}

internal sealed record SummarySource(SummaryInterface? Interface = null);

/// <param name="Addresses">With their prefix length, <c>10.0.0.1/24</c>.</param>
internal sealed record SummaryInterface(string? Mac = null, IReadOnlyList<string>? Addresses = null);

/// <summary>Nanoseconds since 1970, null where it was not reached.</summary>
internal sealed record SummaryTimes
{
    public long? StartUnixNs { get; init; }

    public long? StopUnixNs { get; init; }

    public long? EndedUnixNs { get; init; }

    public long? FirstPacketUnixNs { get; init; }

    public long? LastPacketUnixNs { get; init; }
}

internal sealed record SummaryCounters
{
    public CaptureCounters? Total { get; init; }
}

/// <param name="Times">The first ones of each queue.</param>
internal sealed record SummaryOverloads(int Count, long Ms, IReadOnlyList<SummaryOverload> Times)
{
    /// <summary>Null where there was none.</summary>
    public CaptureOverload? Of() => Count == 0
        ? null
        : new(Now: false, Count, TimeSpan.FromMilliseconds(Ms), UnixTime.Instant(Times.Select(t => (long?)t.BeganUnixNs).Min()));
}

internal sealed record SummaryOverload(int Queue, long BeganUnixNs, long? EndedUnixNs = null);

internal sealed record SummaryTraffic(string Name, int Queue, long Bytes, long Packets);
