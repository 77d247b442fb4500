// SPDX-License-Identifier: BSD-3-Clause
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
        var cursor = query.Cursor is null ? null : JobCursor.Parse(query.Cursor);
        var found = await database.Read(c => c.QueryAsync<Row>(
            Statement(query, cursor),
            new { state = query.State?.ToString(), created = cursor?.CreatedMicroseconds, id = cursor?.Id, count = query.Limit + 1L }));
        // One row more than asked for tells whether there is a next page.
        var rows = found.AsList();
        var shown = rows.Take(query.Limit).ToList();
        var next = rows.Count > query.Limit ? new JobCursor(shown[^1].CreatedUs, shown[^1].Id).ToString() : null;
        return new Page<JobView>([.. shown.Select(r => Stored.Read<JobView>(r.View))], next);
    }

    private static string Statement(JobQuery query, JobCursor? cursor)
    {
        var where = new List<string> { "deleted = 0" };
        if (query.State is not null) where.Add("state = @state");
        if (cursor is not null) where.Add("(created_us, id) < (@created, @id)");
        return $"SELECT id AS Id, created_us AS CreatedUs, view AS View FROM jobs WHERE {string.Join(" AND ", where)} ORDER BY created_us DESC, id DESC LIMIT @count";
    }
}
