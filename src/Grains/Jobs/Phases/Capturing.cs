// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Jobs.Phases;

/// <summary>Tells armed captures the agreed instant, and asks until none stores any more.</summary>
internal sealed class Capturing : IJobPhase
{
    public async Task<JobStep> Step(JobWork work)
    {
        await work.Ask(work.Live.Where(c => c.State == CaptureState.Armed), (grain, _) => grain.Start(new StartCapture(work.Job.StartAt!.Value)));
        var unreached = await work.Ask(work.Live.Where(c => c.State != CaptureState.Armed), (grain, _) => grain.Get(new GetCapture()));
        if (work.IsLate)
        {
            foreach (var capture in work.Live.ToList()) capture.Fail(Late(capture, unreached));
        }

        await work.ReleasePlaces(c => c.State.HasEnded());
        if (work.Job.StartAt is { } start) await work.KeepPlaces(start + (work.Spec.Limits.Duration ?? work.Options.CaptureMax) + work.Options.EndGrace);
        return work.Live.Any() ? JobStep.Stay(work.Now + work.Options.LookEvery) : JobStep.Move(JobTrigger.CapturesEnd);
    }

    private static Problem Late(JobCapture capture, List<(JobCapture Capture, Problem Problem)> unreached)
    {
        var reason = unreached.FirstOrDefault(u => u.Capture == capture).Problem;
        return reason ?? new Problem(ProblemCodes.DeadlinePassed, $"The capture on {capture.Point} had not ended long after its deadline.");
    }
}
