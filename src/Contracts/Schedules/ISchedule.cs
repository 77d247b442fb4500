// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>A schedule: it makes a job each time one is due, and reports the times it missed.</summary>
public interface ISchedule : IPokable
{
    /// <summary>Makes the schedule. Repeating it with the same specification answers with the schedule as it is.</summary>
    Task<Answer<ScheduleView>> Define(DefineSchedule request);

    Task<Answer<ScheduleView>> Get(GetSchedule request);

    Task<Answer<ScheduleView>> Pause(PauseSchedule request);

    Task<Answer<ScheduleView>> Resume(ResumeSchedule request);

    /// <summary>Ends it for ever; the jobs it made stay.</summary>
    Task<Answer<ScheduleView>> Delete(DeleteSchedule request);
}

public sealed record DefineSchedule(ScheduleSpec Spec, Caller By);

public sealed record GetSchedule;

/// <param name="IfVersion">The order counts only while the schedule has this version; null always. The same in every order.</param>
public sealed record PauseSchedule(Caller By, int? IfVersion = null);

public sealed record ResumeSchedule(Caller By, int? IfVersion = null);

public sealed record DeleteSchedule(Caller By, int? IfVersion = null);

/// <summary>Where a schedule is in its life. Ended is final.</summary>
public enum ScheduleState
{
    Active,
    Paused,
    Ended,
}

/// <summary>A schedule as people and programs see it.</summary>
public sealed record ScheduleView
{
    public required ScheduleId Id { get; init; }

    public required string Owner { get; init; }

    public required ScheduleSpec Spec { get; init; }

    public required ScheduleState State { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The next start, while it is active.</summary>
    public DateTimeOffset? Next { get; init; }

    /// <summary>Jobs made so far.</summary>
    public required int Made { get; init; }

    /// <summary>Starts that passed without a job, and the latest of them.</summary>
    public required int Missed { get; init; }

    public DateTimeOffset? LastMissed { get; init; }

    /// <summary>Starts whose job was not accepted, such as one that its owner may no longer have made, and the latest of them.</summary>
    public int Refused { get; init; }

    public DateTimeOffset? LastRefused { get; init; }

    public JobId? LastJob { get; init; }

    /// <summary>Why the last job was not accepted.</summary>
    public Problem? Problem { get; init; }

    public required int Version { get; init; }
}
