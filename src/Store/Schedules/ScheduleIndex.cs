// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using Dapper;
using Tci.Contracts;

namespace Tci.Store.Schedules;

/// <summary>What lists select schedules by, beside their rows: owner and points, which never change.</summary>
internal static class ScheduleIndex
{
    /// <summary>Schedules of an older schema that are filled in with one transaction.</summary>
    private const long BatchMax = 500;

    private const string SelectMissing = "SELECT view FROM schedules WHERE owner IS NULL ORDER BY id LIMIT @max";

    private const string Update = "UPDATE schedules SET owner = @owner WHERE id = @schedule AND owner IS NULL";

    private const string InsertPoint = "INSERT INTO schedule_points (point, schedule) VALUES (@point, @schedule) ON CONFLICT (point, schedule) DO NOTHING";

    /// <summary>Does nothing where it was done before.</summary>
    public static async Task Add(DbTransaction t, ScheduleView view)
    {
        var schedule = view.Id.Value;
        if (await t.Connection!.ExecuteAsync(Update, new { schedule, owner = view.Owner }, t) == 0) return;
        await t.Connection!.ExecuteAsync(InsertPoint, view.Spec.Job.Points.Select(p => new { point = p.Value, schedule }), t);
    }

    /// <summary>Adds the schedules that a schema without this index left.</summary>
    public static async Task Fill(Database database)
    {
        int count;
        do
        {
            count = await database.Write(async t =>
            {
                var views = (await t.Connection!.QueryAsync<string>(SelectMissing, new { max = BatchMax }, t)).AsList();
                foreach (var view in views) await Add(t, Stored.Read<ScheduleView>(view));
                return views.Count;
            });
        }
        while (count == BatchMax);
    }
}
