// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>When a capture ends: at least one limit, and the first reached stops it. Each holds for every point of the job by itself.</summary>
public sealed record JobLimits
{
    /// <summary>From the agreed start, ISO 8601 on the wire; more than zero, at most 30 days.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Stored bytes, pcap headers included; never exceeded.</summary>
    public long? Bytes { get; init; }

    /// <summary>Stored packets, kept exactly.</summary>
    public long? Packets { get; init; }
}
