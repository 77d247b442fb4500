// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Jobs.Phases;

/// <summary>Makes the runs of each collected capture, one step after the other, then drops the packets where the job does not keep them.</summary>
internal sealed class Processing : IJobPhase
{
    public async Task<JobStep> Step(JobWork work)
    {
        foreach (var capture in work.Job.Captures) await StepRuns(work, capture);
        if (work.Job.Runs.Any(r => !r.State.IsFinal())) return JobStep.Stay(work.Now + work.Options.LookEvery);

        if (!work.Spec.KeepRaw && work.Job.Hold is not null) work.Job.RawKept = true;
        else if (!work.Spec.KeepRaw)
        {
            var raw = work.Job.Captures.Where(c => c.State == CaptureState.Collected && c.Files.Any(f => f.Raw));
            var unreached = await work.Ask(raw, (grain, _) => grain.DropRaw(new DropRawCapture()));
            if (unreached.Count > 0 && !work.IsLate) return JobStep.Stay(work.Now + work.Options.LookEvery);
        }

        if ((JobOutcome.Dropped(work.Job) ?? JobOutcome.Overloaded(work.Job)) is { } unwanted) return JobStep.Fail(unwanted);
        return JobOutcome.Failure(work.Job) is { } problem ? JobStep.Fail(problem) : JobStep.Move(JobTrigger.Finish);
    }

    /// <summary>Advances the first run of a capture that is not final; a failed step ends those after it.</summary>
    public static async Task StepRuns(JobWork work, JobCapture capture)
    {
        foreach (var run in work.Job.Runs.Where(r => r.Id.Capture == capture.Id && !r.State.IsFinal()))
        {
            var answer = await Calls.Try(() => work.Grains.Run(run.Id).Begin(new BeginRun(capture.Id, run.Step.Processor, run.Step.Parameters, work.Job.Deadline!.Value)));
            if (answer.Ok) run.Take(answer.Value);
            else if (work.IsLate || answer.Problem!.Code != ProblemCodes.Unreachable) Fail(run, answer.Problem!);
            if (run.State is RunState.Failed or RunState.Cancelled) EndFollowing(work.Job, run);
            if (run.State != RunState.Done) return;
        }
    }

    private static void Fail(JobRun run, Problem problem)
    {
        run.State = RunState.Failed;
        run.Problem = problem;
    }

    private static void EndFollowing(JobRecord job, JobRun failed)
    {
        foreach (var run in job.Runs.Where(r => r.Id.Capture == failed.Id.Capture && r.Id.Step > failed.Id.Step && !r.State.IsFinal()))
        {
            run.State = RunState.Cancelled;
            run.Problem = new Problem(ProblemCodes.Cancelled, $"Step {failed.Id.Step} before it failed.");
        }
    }

    /// <summary>One run a step for every capture that left files.</summary>
    /// <param name="first">Number of the first step.</param>
    public static List<JobRun> Plan(JobRecord job, IEnumerable<ProcessingStep> steps, int first) =>
        [.. from capture in job.Captures
            where capture.State == CaptureState.Collected
            from step in steps.Select((s, i) => (Step: s, Index: first + i))
            select new JobRun { Id = new RunId(capture.Id, step.Index), Step = step.Step }];
}
