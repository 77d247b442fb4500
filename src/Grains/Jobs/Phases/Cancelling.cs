// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Jobs.Phases;

/// <summary>
/// Not a state of its own: what a job does in any state once it is to be cancelled. It ends when captures and runs have confirmed or the time for that is over;
/// an engine that nobody reaches ends by its own deadline, and what it brings is an orphan.
/// </summary>
internal sealed class Cancelling : IJobPhase
{
    public async Task<JobStep> Step(JobWork work)
    {
        var confirmed = await CancelRuns(work) & await CancelCaptures(work);
        confirmed &= await work.ReleasePlaces(_ => true);
        if (!confirmed && !(work.Now >= work.Job.CancelDeadline)) return JobStep.Stay(work.Now + work.Options.LookEvery);
        foreach (var run in work.Job.Runs.Where(r => !r.State.IsFinal())) GiveUp(run);
        return JobStep.Move(JobTrigger.Cancel);
    }

    /// <summary>A final job has no run left that it would go on with.</summary>
    private static void GiveUp(JobRun run)
    {
        run.State = RunState.Cancelled;
        run.Problem = new Problem(ProblemCodes.Unreachable, "Its probe did not confirm the cancellation.");
    }

    private static async Task<bool> CancelRuns(JobWork work)
    {
        foreach (var run in work.Job.Runs.Where(r => r.State is RunState.Running or RunState.Pending))
        {
            var answer = await Calls.Try(() => work.Grains.Run(run.Id).Cancel(new CancelRun()));
            if (answer.Ok) run.Take(answer.Value);
        }

        return work.Job.Runs.All(r => r.State.IsFinal());
    }

    private static async Task<bool> CancelCaptures(JobWork work)
    {
        // Before Starting no capture was told anything, so there is none to ask, and none on a probe that is away.
        if (work.Job.State is JobState.Scheduled or JobState.Paused or JobState.Waiting)
        {
            foreach (var capture in work.Job.Captures) capture.State = CaptureState.Cancelled;
            return true;
        }

        // A failed one has confirmed enough; it is asked because it may have left a directory, or an engine that nobody told.
        await work.Ask(work.Job.Captures.Where(c => c.State != CaptureState.Cancelled), (grain, _) => grain.Cancel(new CancelCapture()));
        return work.Job.Captures.All(c => c.State is CaptureState.Cancelled or CaptureState.Failed);
    }
}
