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

    public string? Detail { get; set; }

    public int CapturesMax { get; set; } = Point.CapturesMaxDefault;

    public int Version { get; set; }

    /// <summary>Who has a place, and who waits, in order of arrival.</summary>
    public List<Place> Holders { get; set; } = [];

    public List<Place> Queue { get; set; } = [];
}

/// <param name="Until">When it is given up unless renewed: a job that was lost must not block a point for ever.</param>
public sealed record Place(CaptureId Capture, DateTimeOffset Until);
