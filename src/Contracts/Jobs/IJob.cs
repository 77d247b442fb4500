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
    /// Gives a job that has not started another specification, on the same points; a <see cref="ProblemCodes.Conflict"/> afterwards. Where its priority or its
    /// limit of bytes changes it queues anew.
    /// </summary>
    Task<Answer<JobView>> Change(ChangeJob request);

    /// <summary>Sets and removes labels, in any state until the job is deleted. A data set that is there keeps the labels it was made with.</summary>
    Task<Answer<JobView>> Label(LabelJob request);

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

/// <summary>What orders of all kinds that name a version have in common.</summary>
public static class OrderFields
{
    /// <summary>The field of a <see cref="ProblemCodes.Conflict"/> that says: the version is another than the order names, and nothing was done.</summary>
    public const string IfVersion = "ifVersion";
}

/// <param name="IfVersion">The order counts only while the job has this version; null always. The same in every order.</param>
public sealed record CancelJob(Caller By, int? IfVersion = null);

public sealed record StopJob(Caller By, int? IfVersion = null);

public sealed record PauseJob(Caller By, int? IfVersion = null);

public sealed record ResumeJob(Caller By, int? IfVersion = null);

/// <param name="Key">
/// Names this request: repeating it makes no second set of runs, and with other steps it is <see cref="ProblemCodes.IdempotencyKeyReused"/>. 1 to 100 characters.
/// </param>
public sealed record ProcessJob(IReadOnlyList<ProcessingStep> Steps, string Key, Caller By, int? IfVersion = null);

public sealed record DeleteJob(Caller By, int? IfVersion = null);

public sealed record ChangeJob(JobSpec Spec, Caller By, int? IfVersion = null);

/// <param name="Labels">A null value removes the label; what is not named stays.</param>
public sealed record LabelJob(IReadOnlyDictionary<string, string?> Labels, Caller By, int? IfVersion = null);

/// <param name="Reason">1 to 1000 characters, for people.</param>
public sealed record HoldJob(string Reason, Caller By, int? IfVersion = null);

public sealed record ReleaseJob(Caller By, int? IfVersion = null);
