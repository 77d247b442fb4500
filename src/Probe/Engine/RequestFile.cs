// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Probe.Engine;

/// <summary>request.json, what the engine is asked (docs/formats/capture-directory.md). Members that are null are left out.</summary>
internal sealed record RequestFile
{
    public int Version { get; init; } = 1;

    public required string Id { get; init; }

    public required string Source { get; init; }

    public string Filter { get; init; } = "";

    public int? Snaplen { get; init; }

    public bool Fast { get; init; }

    public RequestSampling? Sampling { get; init; }

    public RequestCut? Cut { get; init; }

    public RequestAnonymise? Anonymise { get; init; }

    public required RequestLimits Limits { get; init; }

    public required long DeadlineUnixNs { get; init; }

    /// <summary>Always: the start is told later, to all captures of a job at once.</summary>
    public bool Arm { get; init; } = true;

    /// <param name="keys">The folder of the keys.</param>
    public static RequestFile Of(CaptureId capture, ArmCapture request, bool fast, string keys) => new()
    {
        // The folder, not the whole id: the engine takes 128 bytes, and knows no @.
        Id = capture.Folder.Replace('@', '_'),
        Source = request.Source,
        Filter = request.Filter,
        Snaplen = request.Snaplen,
        Fast = fast,
        Sampling = RequestSampling.Of(request.Sampling),
        Cut = request.Cut is { } cut ? new RequestCut(cut.ConnectionBytes) : null,
        Anonymise = RequestAnonymise.Of(request.Anonymise, keys),
        Limits = RequestLimits.Of(request.Limits),
        DeadlineUnixNs = UnixTime.Nanoseconds(request.Deadline),
    };
}

internal sealed record RequestLimits(long? DurationMs = null, long? Bytes = null, long? Packets = null)
{
    /// <summary>The engine counts whole milliseconds; a part of one is rounded up, never to none.</summary>
    public static RequestLimits Of(JobLimits limits) =>
        new(limits.Duration is { } duration ? (long)Math.Ceiling(duration.TotalMilliseconds) : null, limits.Bytes, limits.Packets);
}

internal sealed record RequestSampling(long OneIn, string By)
{
    public static RequestSampling? Of(JobSampling? sampling) =>
        sampling is null ? null : new(sampling.OneIn, sampling.By == SamplingUnit.Flow ? "flow" : "packet");
}

internal sealed record RequestCut(long ConnectionBytes);

/// <param name="KeyFile">Absolute path; null where addresses are kept.</param>
internal sealed record RequestAnonymise(string Addresses, string Payload, string? KeyFile = null)
{
    public static RequestAnonymise? Of(JobAnonymisation? wanted, string keys)
    {
        if (wanted is null) return null;
        var payload = wanted.RemovePayload ? "remove" : "keep";
        return wanted.Key is { } key ? new("crypto-pan", payload, Path.Combine(keys, key)) : new("keep", payload);
    }
}
