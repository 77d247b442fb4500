// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>A capture as its job sees it.</summary>
public sealed record CaptureView
{
    public required CaptureId Id { get; init; }

    public required CaptureState State { get; init; }

    /// <summary>Live while it runs, final afterwards; null before the engine has told any.</summary>
    public CaptureCounters? Counters { get; init; }

    /// <summary>Told as it happens, and in full once the capture has ended; null where there was none.</summary>
    public CaptureOverload? Overload { get; init; }

    /// <summary>How the engine ended.</summary>
    public CaptureEnd? End { get; init; }

    /// <summary>What went wrong. A capture with a problem may still have files: then the data set is partial.</summary>
    public Problem? Problem { get; init; }

    /// <summary>Program and version that captured, once it is known.</summary>
    public string? Engine { get; init; }

    /// <summary>The files, once collected.</summary>
    public IReadOnlyList<DataFile> Files { get; init; } = [];
}

/// <summary>How a capture ended.</summary>
/// <param name="Reason">
/// <c>duration</c>, <c>bytes</c>, <c>packets</c>, <c>end-of-source</c>, <c>stopped</c>, <c>deadline</c>, or a problem code.
/// </param>
/// <param name="Started">When storing began.</param>
/// <param name="Ended">When storing ended.</param>
/// <param name="FirstPacket">Time stamp of the first stored packet.</param>
public sealed record CaptureEnd(string Reason, DateTimeOffset? Started, DateTimeOffset? Ended, DateTimeOffset? FirstPacket, DateTimeOffset? LastPacket);
