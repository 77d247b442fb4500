// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Jobs;

/// <summary>When a job gives the state it has just entered up.</summary>
internal static class JobDeadlines
{
    public static DateTimeOffset? Of(JobRecord job, JobOptions options, DateTimeOffset now) => job.State switch
    {
        JobState.Waiting => now + options.WaitMax,
        JobState.Starting => now + options.ArmMax,
        JobState.Capturing => now + (job.Seed!.Spec.Limits.Duration ?? options.CaptureMax) + options.ArmMax + options.EndGrace,
        JobState.Collecting => now + options.CollectMax,
        JobState.Processing => now + options.ProcessMax,
        _ => null,
    };
}
