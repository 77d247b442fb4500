// SPDX-License-Identifier: BSD-3-Clause
using Dapper;
using Tci.Contracts;
using Tci.Store.Audit;
using Tci.Store.Jobs;

namespace Tci.Store.Schedules;

/// <summary>The rows of schedules.</summary>
public sealed class ScheduleCatalog(Database database) : IScheduleCatalog
{
    private const string Upsert =
        """
        INSERT INTO schedules (id, version, ended, created_us, next_us, view) VALUES (@id, @version, @ended, @created, @next, @view)
        ON CONFLICT (id) DO UPDATE SET version = excluded.version, ended = excluded.ended, next_us = excluded.next_us, view = excluded.view
        WHERE schedules.version < excluded.version
        """;

    private const string SelectDue =
        "SELECT id FROM schedules WHERE next_us IS NOT NULL AND next_us <= @now ORDER BY next_us, id LIMIT @countMax";

    public Task Record(ScheduleView schedule) => Record(schedule, null);

    public Task Record(ScheduleView schedule, ScheduleRefusal? refusal) => database.Write(async t =>
    {
        var known = await t.Connection!.QuerySingleOrDefaultAsync<long?>("SELECT version FROM schedules WHERE id = @id", new { id = schedule.Id.Value }, t) ?? 0;
        await t.Connection!.ExecuteAsync(Upsert, Row(schedule), t);
        await ScheduleIndex.Add(t, schedule);
        if (refusal?.Version > known) await AuditRows.Add(t, refusal.Audit);
    });

    public async Task<IReadOnlyList<ScheduleId>> Due(DateTimeOffset now, int countMax)
    {
        var ids = await database.Read(c => c.QueryAsync<string>(SelectDue, new { now = Instants.ToMicroseconds(now), countMax }));
        return [.. ids.Select(id => new ScheduleId(id))];
    }

    public Task<IReadOnlyList<ScheduleView>> Schedules() => Schedules(JobVisibility.All);

    public async Task<IReadOnlyList<ScheduleView>> Schedules(JobVisibility visible)
    {
        var values = new DynamicParameters();
        var conditions = Visible.Schedules.Conditions(visible, values).ToList();
        var where = conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)} ";
        var rows = await database.Read(c => c.QueryAsync<string>($"SELECT view FROM schedules {where}ORDER BY ended, created_us DESC, id LIMIT 1000", values));
        return [.. rows.Select(Stored.Read<ScheduleView>)];
    }

    private static object Row(ScheduleView schedule) => new
    {
        id = schedule.Id.Value,
        version = (long)schedule.Version,
        ended = schedule.State == ScheduleState.Ended ? 1L : 0L,
        created = Instants.ToMicroseconds(schedule.Created),
        next = schedule.State == ScheduleState.Active ? Instants.ToMicroseconds(schedule.Next) : null,
        view = Stored.Write(schedule),
    };
}
