// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Jobs.Phases;

/// <summary>
/// What a job does once a critical one takes its place: its captures end and their data goes, then it waits again with captures of a new attempt.
/// A capture that does not confirm in time is left behind as an orphan.
/// </summary>
internal sealed class Requeueing : IJobPhase
{
    public async Task<JobStep> Step(JobWork work)
    {
        work.Job.CancelDeadline ??= work.Now + work.Options.CancelMax;
        await work.Ask(work.Job.Captures.Where(c => c.State is not (CaptureState.Cancelled or CaptureState.Failed)), (grain, _) => grain.Cancel(new CancelCapture()));
        var confirmed = work.Job.Captures.All(c => c.State is CaptureState.Cancelled or CaptureState.Failed);
        confirmed &= await work.ReleasePlaces(c => c.State is CaptureState.Cancelled or CaptureState.Failed);
        if (!confirmed && work.Now < work.Job.CancelDeadline) return JobStep.Stay(work.Now + work.Options.LookEvery);

        await work.ReleasePlaces(_ => true);
        work.Job.RequeueRequested = false;
        work.Job.CancelDeadline = null;
        work.Job.StartAt = null;
        work.Job.GiveUpAt = null;
        work.Job.Attempt++;
        work.Job.Captures = JobCreation.Captures(work.Job.Seed!, work.Job.Attempt);
        return JobStep.Move(JobTrigger.Requeue);
    }
}
