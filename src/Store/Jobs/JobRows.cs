// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using Dapper;
using Tci.Contracts;
using Tci.Store.Rights;

namespace Tci.Store.Jobs;

/// <summary>Writes what a job has become: its row where that is older, its events where they are missing, its data set with the row.</summary>
internal static class JobRows
{
    private const string Update =
        """
        UPDATE jobs SET version = @version, state = @state, final = @final, deleted = @deleted, wake_us = @wake, view = @view, bytes = @bytes
        WHERE id = @id AND version < @version
        """;

    private const string Exists = "SELECT COUNT(*) FROM jobs WHERE id = @id";

    private const string InsertEvent =
        """
        INSERT INTO events (job, sequence, at_us, state, text) VALUES (@job, @sequence, @at, @state, @text)
        ON CONFLICT (job, sequence) DO NOTHING
        """;

    private const string UpsertDataSet =
        """
        INSERT INTO data_sets (job, content) VALUES (@id, @content)
        ON CONFLICT (job) DO UPDATE SET content = excluded.content
        """;

    private const string DeleteDataSet = "DELETE FROM data_sets WHERE job = @id";

    /// <exception cref="InvalidOperationException">The job was never created here.</exception>
    public static async Task Record(DbTransaction t, JobView job, DateTimeOffset? wakeAt, IReadOnlyList<JobEvent> events, DataSet? dataSet)
    {
        var updated = await t.Connection!.ExecuteAsync(Update, Row(job, wakeAt, dataSet), t) == 1;
        if (!updated && await t.Connection!.ExecuteScalarAsync<long>(Exists, new { id = job.Id.Value }, t) == 0)
            throw new InvalidOperationException($"The store has no row of {job.Id}: a job is created before it is recorded.");
        await t.Connection!.ExecuteAsync(InsertEvent, events.Select(Row), t);
        if (!updated) return;
        if (job.SpecChanges > 0) await JobIndex.Replace(t, job);
        if (dataSet is null) await t.Connection!.ExecuteAsync(DeleteDataSet, new { id = job.Id.Value }, t);
        else
            await t.Connection!.ExecuteAsync(UpsertDataSet, new { id = job.Id.Value, content = Stored.Write(dataSet) }, t);
    }

    private static object Row(JobView job, DateTimeOffset? wakeAt, DataSet? dataSet) => new
    {
        id = job.Id.Value,
        version = (long)job.Version,
        state = job.State.ToString(),
        final = job.State.IsFinal() ? 1L : 0L,
        deleted = job.Deleted is null ? 0L : 1L,
        wake = Instants.ToMicroseconds(wakeAt),
        view = Stored.Write(job),
        bytes = Bytes(job, dataSet),
    };

    /// <summary>What a job stores, or may come to store while it is not final.</summary>
    internal static long Bytes(JobView job, DataSet? dataSet) => job.State.IsFinal() ? dataSet?.Files.Sum(f => f.Source.Size) ?? 0 : Admission.BytesOf(job.Spec);

    private static object Row(JobEvent e) =>
        new { job = e.Job.Value, sequence = (long)e.Sequence, at = Instants.ToMicroseconds(e.At), state = e.State.ToString(), text = e.Text };
}
