// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Grains.Jobs.Phases;

namespace Tci.Grains.Jobs;

/// <summary>Which phase a job is in: what people asked for goes before what its state says.</summary>
internal static class JobPhases
{
    private static readonly Afterwards s_afterwards = new();
    private static readonly Cancelling s_cancelling = new();
    private static readonly Pausing s_pausing = new();
    private static readonly Requeueing s_requeueing = new();
    private static readonly Dictionary<JobState, IJobPhase> s_states = new()
    {
        [JobState.Scheduled] = new Scheduled(),
        [JobState.Waiting] = new Waiting(),
        [JobState.Starting] = new Starting(),
        [JobState.Capturing] = new Capturing(),
        [JobState.Collecting] = new Collecting(),
        [JobState.Processing] = new Processing(),
    };

    /// <summary>Null where the job has nothing to do: it is paused, or final with nothing left.</summary>
    public static IJobPhase? Of(JobRecord job)
    {
        if (job.State.IsFinal()) return Afterwards.HasWork(job) ? s_afterwards : null;
        if (job.CancelRequested) return s_cancelling;
        if (job.RequeueRequested) return s_requeueing;
        if (job.PauseRequested && job.State is (JobState.Scheduled or JobState.Waiting)) return s_pausing;
        return s_states.GetValueOrDefault(job.State);
    }
}
