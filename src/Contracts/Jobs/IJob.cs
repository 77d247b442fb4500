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

    /// <summary>
    /// Says what keeps a specification from being accepted, as <see cref="Submit"/> would, and makes nothing. Any id will do, whether there is a job of it or not.
    /// </summary>
    Task<Answer<Nothing>> Check(CheckJob request);

    /// <summary>Ends a job that is not final; repeating it is harmless. A job that was final before is a <see cref="ProblemCodes.Conflict"/>.</summary>
    Task<Answer<JobView>> Cancel(CancelJob request);

    /// <summary>Ends the captures now and goes on with what they have; a <see cref="ProblemCodes.Conflict"/> where none runs. Repeating it is harmless.</summary>
    Task<Answer<JobView>> Stop(StopJob request);

    /// <summary>Holds a job back that has not started; its places in queues are given up.</summary>
    Task<Answer<JobView>> Pause(PauseJob request);

    Task<Answer<JobView>> Resume(ResumeJob request);

    /// <summary>
    /// Makes further runs over what a final job captured. The job stays final; its data set grows when they end. Needs files that are still there.
    /// </summary>
    Task<Answer<JobView>> Process(ProcessJob request);

    /// <summary>Deletes the data of a final job for ever and leaves a tombstone; repeating it is harmless.</summary>
    Task<Answer<JobView>> Delete(DeleteJob request);

    /// <summary>
    /// Keeps the job's data from every deletion until <see cref="Release"/>: deleting and cancelling are <see cref="ProblemCodes.Held"/>, no critical job takes
    /// its place, and packets that were to go after processing stay. A <see cref="ProblemCodes.Conflict"/> where its data goes already. Repeating it is harmless.
    /// </summary>
    Task<Answer<JobView>> Hold(HoldJob request);

    /// <summary>Ends a hold; harmless where there is none.</summary>
    Task<Answer<JobView>> Release(ReleaseJob request);
}

/// <param name="IdempotencyKey">As the caller gave it; null where there was none.</param>
/// <param name="Origin">What made it, where that was not a person.</param>
public sealed record SubmitJob(JobSpec Spec, Caller By, string? IdempotencyKey, string? Origin = null);

public sealed record GetJob;

public sealed record CheckJob(JobSpec Spec);

public sealed record CancelJob(Caller By);

public sealed record StopJob(Caller By);

public sealed record PauseJob(Caller By);

public sealed record ResumeJob(Caller By);

/// <param name="Key">
/// Names this request: repeating it makes no second set of runs, and with other steps it is <see cref="ProblemCodes.IdempotencyKeyReused"/>. 1 to 100 characters.
/// </param>
public sealed record ProcessJob(IReadOnlyList<ProcessingStep> Steps, string Key, Caller By);

public sealed record DeleteJob(Caller By);

/// <param name="Reason">1 to 1000 characters, for people.</param>
public sealed record HoldJob(string Reason, Caller By);

public sealed record ReleaseJob(Caller By);
