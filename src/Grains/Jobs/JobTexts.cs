// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Jobs;

/// <summary>The sentence a job writes into its history when it enters a state.</summary>
internal static class JobTexts
{
    public static string Of(JobRecord job, Problem? problem) => job.State switch
    {
        JobState.Scheduled => "Waits for its start time.",
        JobState.Paused => "Paused.",
        JobState.Waiting => "Asks its points for a place.",
        JobState.Starting => $"Arms {Count(job.Captures.Count(c => c.Problem is null), "capture")}.",
        JobState.Capturing => $"Captures from {job.StartAt:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}.",
        JobState.Collecting => "Captures have ended; merges and hashes their files." + Problems(job.Captures.Select(c => (c.Point.Value, c.Problem))),
        JobState.Processing => job.Runs.Count == 0 ? "Nothing to process." : $"Makes {Count(job.Runs.Count, "run")}.",
        JobState.Done => JobOutcome.IsPartial(job) ? "Done, in part." + Problems(job.Runs.Select(r => (r.Step.Processor, r.Problem))) : "Done.",
        JobState.Failed => $"Failed: {problem?.Message}",
        JobState.Cancelled => "Cancelled.",
        _ => job.State.ToString(),
    };

    /// <summary>For a run that has ended after its job.</summary>
    public static string Of(JobRecord job, JobRun run)
    {
        var point = job.Captures.First(c => c.Id == run.Id.Capture).Point;
        return $"{run.Step.Processor} over {point}: {run.State switch { RunState.Done => "done", RunState.Cancelled => "cancelled", _ => "failed" }}.{(run.Problem is { } problem ? " " + problem.Message : "")}";
    }

    private static string Count(int n, string noun) => n == 1 ? $"1 {noun}" : $"{n} {noun}s";

    private static string Problems(IEnumerable<(string Name, Problem? Problem)> all) =>
        string.Concat(all.Where(p => p.Problem is not null).Select(p => $" {p.Name}: {p.Problem!.Message}"));
}
