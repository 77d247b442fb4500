// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>A job: it asks points for room, has captures armed, started and collected, has runs made, and remembers the outcome.</summary>
public interface IJob : IPokable
{
    /// <summary>
    /// Accepts a job. Durable before it answers; asking again with the same id and specification answers with the job as it is, with another
    /// specification it is <see cref="ProblemCodes.IdempotencyKeyReused"/>.
    /// </summary>
    Task<Answer<JobView>> Submit(SubmitJob request);

    Task<Answer<JobView>> Get(GetJob request);

    /// <summary>Ends a job that is not final; repeating it is harmless. A job that was final before is a <see cref="ProblemCodes.Conflict"/>.</summary>
    Task<Answer<JobView>> Cancel(CancelJob request);
}

/// <param name="IdempotencyKey">As the caller gave it; null where there was none.</param>
public sealed record SubmitJob(JobSpec Spec, Caller By, string? IdempotencyKey);

public sealed record GetJob;

public sealed record CancelJob(Caller By);
