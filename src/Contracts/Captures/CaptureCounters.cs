// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>An amount of traffic. Bytes are original packet lengths unless a member says otherwise.</summary>
public sealed record Traffic(long Packets, long Bytes)
{
    public static readonly Traffic None = new(0, 0);
}

/// <summary>
/// Where every packet went. At every read, in packets:
/// seen = stored + outsideWindow + filtered + sampledOut + inFlight + the sum of dropped. (docs/formats/capture-directory.md)
/// </summary>
public sealed record CaptureCounters
{
    /// <summary>Counted at the source, never summed.</summary>
    public required Traffic Seen { get; init; }

    public required Traffic Stored { get; init; }

    /// <summary>Stamped before the agreed start or after the end.</summary>
    public required Traffic OutsideWindow { get; init; }

    public required Traffic Filtered { get; init; }

    public required Traffic SampledOut { get; init; }

    /// <summary>Stored shorter than they were: how many packets, and how many bytes were cut away.</summary>
    public required Traffic Cut { get; init; }

    /// <summary>By cause, for example <c>kernel</c> and <c>disk</c>.</summary>
    public required IReadOnlyDictionary<string, Traffic> Dropped { get; init; }

    /// <summary>Received and not decided yet.</summary>
    public required Traffic InFlight { get; init; }
}
