// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Jobs;

/// <summary>What a job's captures and runs come to in the end.</summary>
internal static class JobOutcome
{
    /// <summary>
    /// Null where the job did something it was asked to; otherwise why not. A job fails when no capture left anything, or when it had runs and none of them succeeded.
    /// </summary>
    public static Problem? Failure(JobRecord job)
    {
        if (!job.Captures.Any(c => c.State == CaptureState.Collected)) return First(job.Captures.Select(c => c.Problem), ProblemCodes.CaptureFailed, "No capture left any data.");
        if (job.Runs.Count == 0 || job.Runs.Any(r => r.State == RunState.Done)) return null;
        return First(job.Runs.Select(r => r.Problem), ProblemCodes.ProcessingFailed, "No processing step succeeded.");
    }

    /// <summary>Why a job that accepts no drops fails; null where it accepts them or there are none.</summary>
    public static Problem? Dropped(JobRecord job)
    {
        if (!job.Seed!.Spec.FailOn.Drops) return null;
        var dropped = job.Captures.Sum(c => c.Counters?.Dropped.Values.Sum(d => d.Packets) ?? 0);
        return dropped == 0 ? null : new Problem(ProblemCodes.PacketsDropped, $"{dropped} packets were dropped, and the job accepts none. What was stored is in its data set.");
    }

    /// <summary>Why a job that accepts no overload fails; null where it accepts it or there was none.</summary>
    public static Problem? Overloaded(JobRecord job)
    {
        if (!job.Seed!.Spec.FailOn.Overload || job.Captures.FirstOrDefault(c => c.Overload is not null) is not { } capture) return null;
        return new Problem(ProblemCodes.EngineOverloaded, $"The engine on {capture.Point} was overloaded, and the job accepts none of that. What was stored is in its data set.");
    }

    /// <summary>Whether a job that is Done lacks a part of what was asked for.</summary>
    public static bool IsPartial(JobRecord job) => job.State == JobState.Done && HasProblems(job);

    public static bool HasProblems(JobRecord job) => job.Captures.Any(c => c.Problem is not null) || job.Runs.Any(r => r.Problem is not null);

    private static Problem First(IEnumerable<Problem?> problems, string code, string otherwise) =>
        problems.FirstOrDefault(p => p is not null) ?? new Problem(code, otherwise);
}
