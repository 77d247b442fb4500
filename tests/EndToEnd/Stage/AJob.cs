// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;

namespace Tci.EndToEnd.Stage;

/// <summary>Specifications of jobs, and what holds for every job.</summary>
public static class AJob
{
    /// <summary>A job on points, with a duration that only a failing test reaches.</summary>
    public static JobSpec On(params string[] points) => new()
    {
        Name = "end to end",
        Points = [.. points.Select(p => new PointId(p))],
        Limits = new JobLimits { Duration = TimeSpan.FromMinutes(2) },
    };

    public static JobSpec WithPackets(this JobSpec spec, long packets) => spec with { Limits = spec.Limits with { Packets = packets } };

    public static JobSpec For(this JobSpec spec, double seconds) => spec with { Limits = spec.Limits with { Duration = TimeSpan.FromSeconds(seconds) } };

    public static JobSpec WithFlows(this JobSpec spec) => spec with { Processing = [new ProcessingStep { Processor = "flows" }] };

    /// <summary>Every packet seen is in one counter.</summary>
    public static void CountersAddUp(JobView job)
    {
        foreach (var capture in job.Captures.Where(c => c.Counters is not null))
        {
            var c = capture.Counters!;
            var sum = c.Stored.Packets + c.OutsideWindow.Packets + c.Filtered.Packets + c.SampledOut.Packets + c.InFlight.Packets + c.Dropped.Values.Sum(d => d.Packets);
            Assert.AreEqual(c.Seen.Packets, sum, $"packets of {capture.Id}: {Text(job)}");
        }
    }

    /// <summary>It did all it should.</summary>
    public static void IsDone(JobView job)
    {
        Assert.AreEqual(JobState.Done, job.State, Text(job));
        Assert.IsFalse(job.Partial, Text(job));
        IsCounted(job);
    }

    /// <summary>It did some of what it should.</summary>
    public static void IsPartial(JobView job)
    {
        Assert.AreEqual(JobState.Done, job.State, Text(job));
        Assert.IsTrue(job.Partial, Text(job));
        IsCounted(job);
    }

    public static string Text(JobView job) => JsonSerializer.Serialize(job, ContractJson.Options);

    private static void IsCounted(JobView job)
    {
        CountersAddUp(job);
        foreach (var capture in job.Captures.Where(c => c.Counters is not null)) Assert.AreEqual(0, capture.Counters!.InFlight.Packets, Text(job));
    }
}
