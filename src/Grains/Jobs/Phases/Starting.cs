// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Jobs.Phases;

/// <summary>
/// Has every capture armed, then agrees the instant from which all of them store. A capture that cannot be armed in time is left behind; a
/// job whose place has run out goes back to the queue.
/// </summary>
internal sealed class Starting : IJobPhase
{
    public async Task<JobStep> Step(JobWork work)
    {
        var failedBefore = Failed(work);
        if (!await work.KeepPlaces(CaptureDeadline(work) + work.Options.EndGrace)) work.Job.RequeueRequested = true;
        if (work.Job.RequeueRequested || await Places.Lost(work)) return JobStep.Again;
        var unreached = await work.Ask(work.Live.Where(c => c.State is CaptureState.New or CaptureState.Arming), (grain, c) => grain.Arm(Request(work, c)));
        foreach (var (capture, problem) in unreached.Where(u => work.IsLate || u.Problem.Code != ProblemCodes.Unreachable)) capture.Fail(problem);

        // Given up by this step once before, when what it decided could not be saved.
        foreach (var capture in work.Job.Captures.Where(c => c.State == CaptureState.Cancelled)) capture.Fail(NotReady(work, capture));

        var late = work.Live.Where(c => c.State is CaptureState.New or CaptureState.Arming).ToList();
        if (late.Count > 0 && !work.IsLate) return JobStep.Stay(work.Now + work.Options.LookEvery);
        foreach (var capture in late) await GiveUp(work, capture);

        // That the last one failed is saved before its place goes back: decided anew after a crash, it might start, without a place.
        if (!work.Live.Any()) return Failed(work) > failedBefore ? JobStep.Stay(work.Now) : await NothingToStart(work);
        // One capture has nobody to wait for; several need the time that a call to the farthest probe takes.
        work.Job.StartAt = work.Now + (work.Live.Take(2).Count() > 1 ? work.Options.StartLead : TimeSpan.Zero);
        return JobStep.Move(JobTrigger.Start);
    }

    private static int Failed(JobWork work) => work.Job.Captures.Count(c => c.State == CaptureState.Failed);

    private static ArmCapture Request(JobWork work, JobCapture capture) => new(
        capture.Point, capture.Source!, work.Spec.Filter, work.Spec.Snaplen, work.Spec.Limits, CaptureDeadline(work))
    {
        Sampling = work.Spec.Sampling,
        Cut = work.Spec.Cut,
        Anonymise = work.Spec.Anonymise,
    };

    /// <summary>The same on every repetition: it derives from the deadline of the state.</summary>
    private static DateTimeOffset CaptureDeadline(JobWork work) =>
        work.Job.Deadline!.Value + (work.Spec.Limits.Duration ?? work.Options.CaptureMax) + work.Options.StartLead + TimeSpan.FromSeconds(5);

    private static async Task GiveUp(JobWork work, JobCapture capture)
    {
        await Calls.Try(() => work.Grains.Capture(capture.Id).Cancel(new CancelCapture()));
        capture.Fail(NotReady(work, capture));
    }

    private static Problem NotReady(JobWork work, JobCapture capture) =>
        new(ProblemCodes.DeadlinePassed, $"{capture.Point} was not ready within {work.Options.ArmMax.TotalSeconds:0} s.");

    /// <summary>A short file may have been read to its end before the start: then there is something to collect after all.</summary>
    private static async Task<JobStep> NothingToStart(JobWork work)
    {
        await work.ReleasePlaces(_ => true);
        if (work.Job.Captures.Any(c => c.State is CaptureState.Ended)) return JobStep.Move(JobTrigger.Start);
        return JobStep.Fail(JobOutcome.Failure(work.Job)!);
    }
}
