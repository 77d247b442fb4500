// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Captures;

/// <summary>What a capture remembers.</summary>
public sealed class CaptureRecord
{
    public CaptureState State { get; set; } = CaptureState.New;

    /// <summary>What it was armed with; null before.</summary>
    public ArmCapture? Request { get; set; }

    public DateTimeOffset? StartAt { get; set; }

    public bool CancelRequested { get; set; }

    /// <summary>Final once the engine has ended; live ones are read, not remembered.</summary>
    public CaptureCounters? Counters { get; set; }

    /// <summary>As the counters; an overload that is over stays known.</summary>
    public CaptureOverload? Overload { get; set; }

    public CaptureEnd? End { get; set; }

    public Problem? Problem { get; set; }

    public string? Engine { get; set; }

    public List<DataFile> Files { get; set; } = [];
}
