// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Jobs;

/// <summary>What moves a job from one state to the next.</summary>
public enum JobTrigger
{
    /// <summary>The start time has come.</summary>
    Due,

    Pause,

    Resume,

    /// <summary>Every point has granted a place or failed.</summary>
    Admit,

    /// <summary>It goes back to the queue and captures anew.</summary>
    Requeue,

    /// <summary>Captures are armed and the instant is agreed.</summary>
    Start,

    /// <summary>No capture runs any more.</summary>
    CapturesEnd,

    /// <summary>Files are merged and hashed.</summary>
    Collect,

    /// <summary>No run is left.</summary>
    Finish,

    Fail,

    Cancel,
}

/// <summary>The one table of a job's life. What it does not list does not happen.</summary>
public static class JobTransitions
{
    private static readonly Dictionary<(JobState, JobTrigger), JobState> s_table = new()
    {
        [(JobState.Scheduled, JobTrigger.Due)] = JobState.Waiting,
        [(JobState.Scheduled, JobTrigger.Pause)] = JobState.Paused,
        [(JobState.Paused, JobTrigger.Resume)] = JobState.Scheduled,
        [(JobState.Waiting, JobTrigger.Pause)] = JobState.Paused,
        [(JobState.Waiting, JobTrigger.Admit)] = JobState.Starting,
        [(JobState.Starting, JobTrigger.Requeue)] = JobState.Waiting,
        [(JobState.Starting, JobTrigger.Start)] = JobState.Capturing,
        [(JobState.Capturing, JobTrigger.Requeue)] = JobState.Waiting,
        [(JobState.Capturing, JobTrigger.CapturesEnd)] = JobState.Collecting,
        [(JobState.Collecting, JobTrigger.Collect)] = JobState.Processing,
        [(JobState.Processing, JobTrigger.Finish)] = JobState.Done,
    };

    /// <summary>The state after the trigger, or null where the trigger has no place in this state.</summary>
    public static JobState? Next(JobState state, JobTrigger trigger) => trigger switch
    {
        JobTrigger.Fail => state.IsFinal() ? null : JobState.Failed,
        JobTrigger.Cancel => state.IsFinal() ? null : JobState.Cancelled,
        _ => s_table.TryGetValue((state, trigger), out var next) ? next : null,
    };
}
