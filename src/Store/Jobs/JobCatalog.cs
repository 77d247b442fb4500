// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using Dapper;
using Tci.Contracts;
using Tci.Store.Audit;
using Tci.Store.Rights;

namespace Tci.Store.Jobs;

/// <summary>What job grains write and read.</summary>
public sealed class JobCatalog(Database database) : IJobCatalog
{
    private const string SelectSeed = "SELECT seed FROM jobs WHERE id = @id";

    private const string InsertSeed =
        """
        INSERT INTO jobs (id, owner, idempotency_key, created_us, seed, version, state, final, wake_us, view, captures, bytes)
        VALUES (@id, @owner, @key, @created, @seed, 0, @state, 0, @created, @view, @captures, @bytes)
        ON CONFLICT (id) DO NOTHING
        """;

    private const string SelectDue =
        "SELECT id FROM jobs WHERE wake_us IS NOT NULL AND wake_us <= @now ORDER BY wake_us, id LIMIT @countMax";

    public Task<JobSeed> Create(JobSeed seed, Caller by) => database.Write(t => Create(t, seed, by));

    public Task<Answer<JobSeed>> Admit(JobSeed seed, Caller by) => database.Write<Answer<JobSeed>>(async t =>
    {
        // One that is there already was admitted when it was made.
        var isKnown = await t.Connection!.QuerySingleOrDefaultAsync<string>(SelectSeed, new { id = seed.Id.Value }, t) is not null;
        if (!isKnown && await Admission.Check(t, seed) is { } problem) return problem;
        return await Create(t, seed, by);
    });

    public async Task<JobSeed?> Find(JobId job)
    {
        var seed = await database.Read(c => c.QuerySingleOrDefaultAsync<string>(SelectSeed, new { id = job.Value }));
        return seed is null ? null : Stored.Read<JobSeed>(seed);
    }

    public Task Record(JobView job, DateTimeOffset? wakeAt, IReadOnlyList<JobEvent> events, DataSet? dataSet) =>
        database.Write(t => JobRows.Record(t, job, wakeAt, events, dataSet));

    public async Task<IReadOnlyList<JobId>> Due(DateTimeOffset now, int countMax)
    {
        var ids = await database.Read(c => c.QueryAsync<string>(SelectDue, new { now = Instants.ToMicroseconds(now), countMax }));
        return [.. ids.Select(id => new JobId(id))];
    }

    private static async Task<JobSeed> Create(DbTransaction t, JobSeed seed, Caller by)
    {
        var isNew = await t.Connection!.ExecuteAsync(InsertSeed, Row(seed), t) == 1;
        if (isNew)
        {
            await JobIndex.Add(t, seed);
            await AuditRows.Add(t, new AuditEntry(seed.Created, by, "job.create", seed.Id.Value, "accepted"));
        }

        return Stored.Read<JobSeed>(await t.Connection!.QuerySingleAsync<string>(SelectSeed, new { id = seed.Id.Value }, t));
    }

    // The wake instant is the creation itself: a job whose grain died before its first step is due at once.
    private static object Row(JobSeed seed)
    {
        var view = new JobView { Id = seed.Id, Owner = seed.Owner, Spec = seed.Spec, State = JobState.Scheduled, Created = seed.Created, Origin = seed.Origin, Version = 0 };
        return new
        {
            id = seed.Id.Value,
            owner = seed.Owner,
            key = seed.IdempotencyKey,
            created = Instants.ToMicroseconds(seed.Created),
            seed = Stored.Write(seed),
            state = view.State.ToString(),
            view = Stored.Write(view),
            captures = (long)seed.Spec.Points.Count,
            bytes = Admission.BytesOf(seed.Spec),
        };
    }
}
