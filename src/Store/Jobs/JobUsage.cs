// SPDX-License-Identifier: BSD-3-Clause
using Dapper;
using Tci.Contracts;

namespace Tci.Store.Jobs;

/// <summary>What quotas count of a job: its captures, and its bytes.</summary>
internal static class JobUsage
{
    /// <summary>Jobs of an older schema that are counted with one transaction.</summary>
    private const long BatchMax = 500;

    private const string SelectMissing =
        """
        SELECT jobs.id AS Id, jobs.view AS View, data_sets.content AS DataSet FROM jobs LEFT JOIN data_sets ON data_sets.job = jobs.id
        WHERE jobs.bytes IS NULL ORDER BY jobs.id LIMIT @max
        """;

    private const string Update = "UPDATE jobs SET captures = @captures, bytes = @bytes WHERE id = @id";

    private sealed record Row(string Id, string View, string? DataSet);

    /// <summary>Counts the jobs that a schema without these columns left.</summary>
    public static async Task Fill(Database database)
    {
        int count;
        do
        {
            count = await database.Write(async t =>
            {
                var rows = (await t.Connection!.QueryAsync<Row>(SelectMissing, new { max = BatchMax }, t)).AsList();
                await t.Connection!.ExecuteAsync(Update, rows.Select(Counted), t);
                return rows.Count;
            });
        }
        while (count == BatchMax);
    }

    private static object Counted(Row row)
    {
        var job = Stored.Read<JobView>(row.View);
        var dataSet = row.DataSet is null ? null : Stored.Read<DataSet>(row.DataSet);
        return new { id = row.Id, captures = (long)job.Spec.Points.Count, bytes = JobRows.Bytes(job, dataSet) };
    }
}
