// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using Dapper;
using Tci.Contracts;

namespace Tci.Store.Jobs;

/// <summary>Pages of jobs.</summary>
internal static class JobLists
{
    private const int LimitMax = 500;

    private sealed record Row(string Id, long CreatedUs, string View);

    /// <exception cref="FormatException">The cursor is not one of this list.</exception>
    public static async Task<Page<JobView>> Read(Database database, JobQuery query)
    {
        if (query.Limit is < 1 or > LimitMax) throw new ArgumentOutOfRangeException(nameof(query), query.Limit, $"A page holds 1 to {LimitMax} jobs.");
        var rows = await database.Read(c => Rows(c, query));
        // One row more than asked for tells whether there is a next page.
        var shown = rows.Take(query.Limit).ToList();
        var next = rows.Count > query.Limit ? new JobCursor(shown[^1].CreatedUs, shown[^1].Id).ToString() : null;
        return new Page<JobView>([.. shown.Select(r => Stored.Read<JobView>(r.View))], next);
    }

    private static async Task<List<Row>> Rows(DbConnection connection, JobQuery query)
    {
        var conditions = JobConditions.Of(query);
        var source = await JobSearch.Source(connection, query.Filter.Text, conditions);
        conditions.Values.Add("count", query.Limit + 1L);
        var found = await connection.QueryAsync<Row>(
            $"SELECT id AS Id, created_us AS CreatedUs, view AS View FROM {source} WHERE {conditions} ORDER BY created_us DESC, id DESC LIMIT @count", conditions.Values);
        return found.AsList();
    }
}
