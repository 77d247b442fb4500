// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>Which jobs a list shows: those that every member given lets through. Empty lists let everything through.</summary>
public sealed record JobFilter
{
    public static readonly JobFilter None = new();

    /// <summary>In any of these states.</summary>
    public IReadOnlyList<JobState> States { get; init; } = [];

    /// <summary>Of any of these priorities.</summary>
    public IReadOnlyList<JobPriority> Priorities { get; init; } = [];

    public string? Owner { get; init; }

    /// <summary>This point is among the job's.</summary>
    public PointId? Point { get; init; }

    /// <summary>Each of these labels is there; a null value takes any.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Labels { get; init; } = [];

    /// <summary>Words, in any order, in upper or lower case: each stands in a word of the name, or begins one in labels or filter. A text without a letter or digit stands in the name as it is.</summary>
    public string? Text { get; init; }

    /// <summary>Created at that instant or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Created before that instant.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>What who asks may see.</summary>
    public JobVisibility Visible { get; init; } = JobVisibility.All;
}
