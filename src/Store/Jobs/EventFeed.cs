// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using Dapper;
using Tci.Contracts;

namespace Tci.Store.Jobs;

/// <summary>The events of all jobs by number. Writes come one after the other, so that numbers become visible in order.</summary>
public sealed class EventFeed(Database database) : IEventFeed
{
    private const string SelectAfter =
        """
        SELECT e.number AS Number, e.job AS Job, e.sequence AS Sequence, e.at_us AS AtUs, e.state AS State, e.text AS Text, jobs.owner AS Owner
        FROM events e JOIN jobs ON jobs.id = e.job
        """;

    private const string SelectPoints = "SELECT job AS Job, point AS Point FROM job_points WHERE job IN";

    private sealed record Row(long Number, string Job, long Sequence, long AtUs, string State, string Text, string Owner);

    private sealed record PointRow(string Job, string Point);

    public Task<IReadOnlyList<NumberedEvent>> After(long number, int countMax) => After(number, countMax, JobVisibility.All);

    public Task<IReadOnlyList<NumberedEvent>> After(long number, int countMax, JobVisibility visible) => database.Read<IReadOnlyList<NumberedEvent>>(async c =>
    {
        var values = new DynamicParameters(new { number, countMax = (long)countMax });
        var where = string.Join(" AND ", Visible.Jobs.Conditions(visible, values).Prepend("e.number > @number"));
        var rows = (await c.QueryAsync<Row>($"{SelectAfter} WHERE {where} ORDER BY e.number LIMIT @countMax", values)).AsList();
        if (rows.Count == 0) return [];
        var points = await PointsOf(c, [.. rows.Select(r => r.Job).Distinct()]);
        return [.. rows.Select(r => new NumberedEvent(r.Number, EventOf(r), r.Owner, [.. points[r.Job]]))];
    });

    public Task<long> Last() => database.Read(c => c.ExecuteScalarAsync<long>("SELECT COALESCE(MAX(number), 0) FROM events"));

    private static async Task<ILookup<string, PointId>> PointsOf(DbConnection c, List<string> jobs)
    {
        var values = new DynamicParameters();
        return (await c.QueryAsync<PointRow>($"{SelectPoints} {InList.Of(values, "job", jobs)}", values)).ToLookup(p => p.Job, p => new PointId(p.Point));
    }

    private static JobEvent EventOf(Row row) =>
        new(new JobId(row.Job), (int)row.Sequence, Instants.FromMicroseconds(row.AtUs), Enum.Parse<JobState>(row.State), row.Text);
}
