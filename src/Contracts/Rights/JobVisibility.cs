// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>Which jobs and schedules one may see: one's own, and those all of whose points one may see.</summary>
/// <param name="Owner">Whose own; null where own ones count like any other.</param>
/// <param name="Points">Jobs on these alone; null is all jobs.</param>
/// <param name="Within">Of all these, only jobs on these points alone; null sets no such limit.</param>
public sealed record JobVisibility(string? Owner, IReadOnlyList<PointId>? Points, IReadOnlyList<PointId>? Within = null)
{
    public static readonly JobVisibility All = new(null, null);
}
