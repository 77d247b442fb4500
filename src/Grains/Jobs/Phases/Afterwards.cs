// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Jobs.Phases;

/// <summary>What a final job may still have to do: further runs over its captures, or seeing its data deleted. Its state stays what it is.</summary>
internal sealed class Afterwards : IJobPhase
{
    public static bool HasWork(JobRecord job) => job.Deleted is null
        ? job.Runs.Any(r => !r.State.IsFinal())
        : job.Captures.Any(c => c.State is not (CaptureState.New or CaptureState.Cancelled));

    public async Task<JobStep> Step(JobWork work) => work.Job.Deleted is null ? await StepRuns(work) : await StepDelete(work);

    private static async Task<JobStep> StepRuns(JobWork work)
    {
        var open = work.Job.Runs.Where(r => !r.State.IsFinal()).ToList();
        foreach (var capture in work.Job.Captures) await Processing.StepRuns(work, capture);
        var texts = open.Where(r => r.State.IsFinal()).Select(r => JobTexts.Of(work.Job, r)).ToList();
        if (HasWork(work.Job)) return JobStep.Stay(work.Now + work.Options.LookEvery) with { Texts = texts };
        work.Job.DataSet = DataSets.Of(work.Job, work.Job.State, work.Job.Ended!.Value);
        return JobStep.Rest with { Texts = texts };
    }

    /// <summary>Probes that are away are asked again for as long as the options say; what is left then is an orphan.</summary>
    private static async Task<JobStep> StepDelete(JobWork work)
    {
        await work.Ask(work.Job.Captures.Where(c => c.State is not (CaptureState.New or CaptureState.Cancelled)), (grain, _) => grain.Cancel(new CancelCapture()));
        if (!HasWork(work.Job)) return JobStep.Rest;
        return work.Now - work.Job.Deleted!.Value < work.Options.DeleteMax ? JobStep.Stay(work.Now + work.Options.AskAgainEvery) : JobStep.Rest;
    }
}
