// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Grains.Jobs.Phases;

/// <summary>Gives up what a job that has not started holds, then pauses it. A place that cannot be given back runs out by itself.</summary>
internal sealed class Pausing : IJobPhase
{
    public async Task<JobStep> Step(JobWork work)
    {
        await work.ReleasePlaces(_ => true);
        foreach (var capture in work.Job.Captures) capture.Source = null;
        work.Job.PauseRequested = false;
        work.Job.Waits = null;
        return JobStep.Move(JobTrigger.Pause);
    }
}
