// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>How a point came to be.</summary>
public enum PointOrigin
{
    /// <summary>An interface the probe found.</summary>
    Found,

    /// <summary>Made by an administrator.</summary>
    Added,
}

/// <summary>A capture point as people and programs see it.</summary>
public sealed record PointView
{
    public required PointId Id { get; init; }

    public required string Source { get; init; }

    public required PointOrigin Origin { get; init; }

    /// <summary>Whether its probe has the source now.</summary>
    public required bool Present { get; init; }

    /// <summary>What the probe says of it: addresses, speed.</summary>
    public string? Detail { get; init; }

    /// <summary>Since when the probe, or the source on it, is away.</summary>
    public DateTimeOffset? AbsentSince { get; init; }

    /// <summary>Taken away by an administrator.</summary>
    public bool Removed { get; init; }

    /// <summary>What it admits.</summary>
    public PointLimits Limits { get; init; } = new();

    /// <summary>Null unless it is in maintenance.</summary>
    public PointMaintenance? Maintenance { get; init; }

    /// <summary>Stored today, UTC.</summary>
    public long DayBytes { get; init; }

    /// <summary>How many hold a place now.</summary>
    public required int Captures { get; init; }

    /// <summary>How many wait.</summary>
    public required int Queued { get; init; }

    public required int Version { get; init; }
}
