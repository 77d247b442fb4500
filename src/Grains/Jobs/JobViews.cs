// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Jobs;

/// <summary>Makes what is shown of a job from what it remembers.</summary>
internal static class JobViews
{
    public static JobView Of(JobRecord job) => new()
    {
        Id = job.Seed!.Id,
        Owner = job.Seed.Owner,
        Spec = job.Seed.Spec,
        State = job.State,
        Waits = job.Waits,
        CancelRequested = job.CancelRequested && job.State != JobState.Cancelled,
        Partial = JobOutcome.IsPartial(job),
        Problem = job.Problem,
        Created = job.Seed.Created,
        Origin = job.Seed.Origin,
        Deleted = job.Deleted,
        Started = job.StartAt,
        Ended = job.Ended,
        SpecChanges = job.SpecChanges,
        Captures = [.. job.Captures.Select(Of)],
        Runs = [.. job.Runs.Select(Of)],
        Hold = job.Hold,
        HasDataSet = job.DataSet is not null,
        Version = job.Version,
    };

    public static JobCaptureView Of(JobCapture capture) => new(capture.Id, capture.Point, capture.State, capture.Counters, capture.End, capture.Problem, capture.UnreachableSince)
    {
        Overload = capture.Overload,
    };

    public static JobRunView Of(JobRun run) => new(run.Id, run.Step.Processor, run.State, run.Progress, run.Problem);
}
