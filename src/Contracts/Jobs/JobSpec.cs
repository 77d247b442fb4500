// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>What a user asks for: traffic of some points, within limits, and what is done with it.</summary>
public sealed record JobSpec
{
    /// <summary>1 to 200 characters, shown to people; need not be unique.</summary>
    public required string Name { get; init; }

    /// <summary>1 to 64 points; one capture is made on each, started at the same instant.</summary>
    public required IReadOnlyList<PointId> Points { get; init; }

    /// <summary>A pcap filter expression (pcap-filter(7)) of at most 4096 bytes; empty takes everything.</summary>
    public string Filter { get; init; } = "";

    public required JobLimits Limits { get; init; }

    /// <summary>Bytes kept of each packet, 14 to 262144; null keeps whole packets.</summary>
    public int? Snaplen { get; init; }

    /// <summary>Null stores all packets that the filter takes.</summary>
    public JobSampling? Sampling { get; init; }

    /// <summary>Null stores whole connections.</summary>
    public JobCut? Cut { get; init; }

    /// <summary>Null changes nothing in packets. Comes after sampling and cut, and before the snaplen.</summary>
    public JobAnonymisation? Anonymise { get; init; }

    /// <summary>Processing steps in order; each works on what the capture and the steps before it left.</summary>
    public IReadOnlyList<ProcessingStep> Processing { get; init; } = [];

    /// <summary>Whether the packets stay in the data set once processing is done.</summary>
    public bool KeepRaw { get; init; } = true;

    /// <summary>Free key and value texts, at most 32.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public JobPriority Priority { get; init; } = JobPriority.Normal;

    /// <summary>What makes the job fail although it captured.</summary>
    public JobStrictness FailOn { get; init; } = new();

    /// <summary>When the captures start; null is as soon as the points are free.</summary>
    public DateTimeOffset? StartAt { get; init; }
}
