// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>What job grains write to and read from the store.</summary>
public interface IJobCatalog
{
    /// <summary>
    /// Creates the job row with its specification, the idempotency key and the audit row in one transaction. Where the row is there already nothing changes;
    /// either way it answers with the row's seed. Durable when it returns.
    /// </summary>
    Task<JobSeed> Create(JobSeed seed, Caller by);

    /// <summary>
    /// Creates it as <see cref="Create"/> does where the quotas of its owner leave room for it, which is looked at in the same transaction; otherwise
    /// <see cref="ProblemCodes.QuotaExceeded"/>, or <see cref="ProblemCodes.Forbidden"/> where the account is disabled, and nothing is written.
    /// </summary>
    async Task<Answer<JobSeed>> Admit(JobSeed seed, Caller by) => await Create(seed, by);

    /// <summary>The creation facts of a job, null where there is none.</summary>
    Task<JobSeed?> Find(JobId job);

    /// <summary>
    /// Writes the job's row and events in one transaction, where the row's version is older; events that are there already stay. Safe to repeat.
    /// </summary>
    Task Record(JobView job, DateTimeOffset? wakeAt, IReadOnlyList<JobEvent> events, DataSet? dataSet);

    /// <summary>Jobs whose instant has passed, the longest overdue first.</summary>
    Task<IReadOnlyList<JobId>> Due(DateTimeOffset now, int countMax);
}

/// <summary>What a job is made of before its grain has taken a step.</summary>
/// <param name="Origin">What made it, where that was not a person.</param>
public sealed record JobSeed(JobId Id, string Owner, JobSpec Spec, DateTimeOffset Created, string? IdempotencyKey, string? Origin = null);
