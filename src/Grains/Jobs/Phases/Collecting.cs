// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Jobs.Phases;

/// <summary>Has the files of ended captures merged and hashed.</summary>
internal sealed class Collecting : IJobPhase
{
    public async Task<JobStep> Step(JobWork work)
    {
        await work.ReleasePlaces(_ => true);
        var open = work.Job.Captures.Where(c => !c.State.IsFinal()).ToList();
        var unreached = await work.Ask(open, (grain, _) => grain.Collect(new CollectCapture()));
        if (work.IsLate)
        {
            foreach (var capture in open.Where(c => !c.State.IsFinal()))
                capture.Fail(unreached.FirstOrDefault(u => u.Capture == capture).Problem ?? new Problem(ProblemCodes.DeadlinePassed, "Merging and hashing took too long."));
        }

        return open.Any(c => !c.State.IsFinal()) ? JobStep.Stay(work.Now + work.Options.LookEvery) : JobStep.Move(JobTrigger.Collect);
    }
}
