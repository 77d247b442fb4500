// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Jobs.Phases;

/// <summary>Tells armed captures the agreed instant, and asks until none stores any more.</summary>
internal sealed class Capturing : IJobPhase
{
    public async Task<JobStep> Step(JobWork work)
    {
        if (await Places.Lost(work)) return JobStep.Again;
        await work.Ask(work.Live.Where(c => c.State == CaptureState.Armed), (grain, _) => grain.Start(new StartCapture(work.Job.StartAt!.Value)));
        var unreached = await work.Ask(work.Live.Where(c => c.State != CaptureState.Armed), (grain, _) => grain.Get(new GetCapture()));
        if (work.Job.StopRequested || work.IsLate) await work.Ask(work.Live, (grain, _) => grain.Stop(new StopCapture()));
        if (work.IsLate) GiveUp(work, unreached);
        await work.ReleasePlaces(c => c.State.HasEnded());
        if (work.Job.StartAt is { } start) await work.KeepPlaces(start + (work.Spec.Limits.Duration ?? work.Options.CaptureMax) + work.Options.EndGrace);
        return work.Live.Any() ? JobStep.Stay(work.Now + work.Options.LookEvery) : JobStep.Move(JobTrigger.CapturesEnd);
    }

    /// <summary>
    /// A probe that does not answer is given up. One that answers was told to stop: a clock that jumped must not cost what it stored. Only when it does not
    /// end long after it was told is it given up too.
    /// </summary>
    private static void GiveUp(JobWork work, List<(JobCapture Capture, Problem Problem)> unreached)
    {
        var lastWord = work.Job.GiveUpAt ??= work.Now + work.Options.EndGrace;
        foreach (var capture in work.Live.ToList())
        {
            var reason = unreached.FirstOrDefault(u => u.Capture == capture).Problem;
            if (reason is not null) capture.Fail(reason);
            else if (work.Now >= lastWord) capture.Fail(new Problem(ProblemCodes.DeadlinePassed, $"The capture on {capture.Point} does not end."));
            else capture.Problem ??= new Problem(ProblemCodes.DeadlinePassed, $"The capture on {capture.Point} was stopped: its time was over by the information system's clock.");
        }
    }
}
