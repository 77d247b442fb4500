// SPDX-License-Identifier: BSD-3-Clause
using Dapper;
using Tci.Contracts;

namespace Tci.Store.Jobs;

/// <summary>The events of all jobs by number. Writes come one after the other, so that numbers become visible in order.</summary>
public sealed class EventFeed(Database database) : IEventFeed
{
    private const string SelectAfter =
        """
        SELECT number AS Number, job AS Job, sequence AS Sequence, at_us AS AtUs, state AS State, text AS Text FROM events
        WHERE number > @number ORDER BY number LIMIT @countMax
        """;

    private sealed record Row(long Number, string Job, long Sequence, long AtUs, string State, string Text);

    public async Task<IReadOnlyList<NumberedEvent>> After(long number, int countMax)
    {
        var rows = await database.Read(c => c.QueryAsync<Row>(SelectAfter, new { number, countMax = (long)countMax }));
        return [.. rows.Select(r => new NumberedEvent(r.Number, EventOf(r)))];
    }

    public Task<long> Last() => database.Read(c => c.ExecuteScalarAsync<long>("SELECT COALESCE(MAX(number), 0) FROM events"));

    private static JobEvent EventOf(Row row) =>
        new(new JobId(row.Job), (int)row.Sequence, Instants.FromMicroseconds(row.AtUs), Enum.Parse<JobState>(row.State), row.Text);
}
