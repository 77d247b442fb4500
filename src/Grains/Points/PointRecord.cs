// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Points;

/// <summary>What a point remembers.</summary>
public sealed class PointRecord
{
    /// <summary>Empty until the point was defined.</summary>
    public string Source { get; set; } = "";

    public PointOrigin Origin { get; set; }

    public bool Present { get; set; }

    public DateTimeOffset? AbsentSince { get; set; }

    public bool Removed { get; set; }

    public string? Detail { get; set; }

    public PointLimits Limits { get; set; } = new();

    public PointMaintenance? Maintenance { get; set; }

    public int Version { get; set; }

    /// <summary>Who has a place, in order of arrival.</summary>
    public List<Place> Holders { get; set; } = [];

    /// <summary>Who waits: by priority, then in order of arrival.</summary>
    public List<Place> Queue { get; set; } = [];

    /// <summary>The day (UTC) that DayBytes counts.</summary>
    public DateOnly Day { get; set; }

    public long DayBytes { get; set; }
}

/// <param name="Until">When it is given up unless renewed: a job that was lost must not block a point for ever.</param>
/// <param name="Bytes">The most its capture may store, where that is bounded.</param>
/// <param name="Evicted">A critical job is to have this place as soon as the capture has let it go.</param>
public sealed record Place(CaptureId Capture, DateTimeOffset Until, JobPriority Priority = JobPriority.Normal, long? Bytes = null, bool Evicted = false);
