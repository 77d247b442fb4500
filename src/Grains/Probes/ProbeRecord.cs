// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Probes;

/// <summary>What the information system remembers of a probe.</summary>
public sealed class ProbeRecord
{
    /// <summary>Null until it reported for the first time.</summary>
    public ProbeReport? Last { get; set; }

    public DateTimeOffset LastSeen { get; set; }

    public bool Present { get; set; }

    public DateTimeOffset? AwaySince { get; set; }

    /// <summary>Sources the probe has no more, and whose points are still told so.</summary>
    public List<GoneSource> Gone { get; set; } = [];

    public TimeSpan? ClockOffset { get; set; }

    public List<DiskPlace> Disk { get; set; } = [];

    public List<CaptureId> Orphans { get; set; } = [];

    public int Revision { get; set; }
}

/// <summary>A source that has vanished, and when.</summary>
public sealed record GoneSource(ProbeSource Source, DateTimeOffset Since);

/// <summary>Disk set aside for one capture.</summary>
public sealed record DiskPlace(CaptureId Capture, long Bytes, DateTimeOffset Until);
