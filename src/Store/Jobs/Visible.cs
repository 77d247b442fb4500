// SPDX-License-Identifier: BSD-3-Clause
using Dapper;
using Tci.Contracts;

namespace Tci.Store.Jobs;

/// <summary>
/// What one may see, as conditions of a statement. Points are compared as names in a table of their own, one parameter each: those that a person holds
/// rights on, not those there are.
/// </summary>
/// <param name="owner">The column of the owner.</param>
/// <param name="points">The table with a column <c>point</c>.</param>
/// <param name="link">The condition that ties a row of that table, called <c>v</c>, to the row that is looked at.</param>
internal sealed class Visible(string owner, string points, string link)
{
    public static readonly Visible Jobs = new("jobs.owner", "job_points", "v.job = jobs.id");

    public static readonly Visible Schedules = new("schedules.owner", "schedule_points", "v.schedule = schedules.id");

    /// <summary>None where everything may be seen.</summary>
    public IEnumerable<string> Conditions(JobVisibility visible, DynamicParameters values)
    {
        if (visible.Points is { } seen)
        {
            var condition = NoneOutside(seen, "seen", values);
            if (visible.Owner is not null) values.Add("seenOwner", visible.Owner);
            yield return visible.Owner is null ? condition : $"({owner} = @seenOwner OR {condition})";
        }

        if (visible.Within is { } within) yield return NoneOutside(within, "within", values);
    }

    private string NoneOutside(IReadOnlyList<PointId> allowed, string prefix, DynamicParameters values)
    {
        if (allowed.Count == 0) return "1 = 0";
        return $"NOT EXISTS (SELECT 1 FROM {points} v WHERE {link} AND v.point NOT IN {InList.Of(values, prefix, allowed.Select(p => p.Value))})";
    }
}
