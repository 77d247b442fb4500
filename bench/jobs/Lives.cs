// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;
using Tci.Contracts;

namespace Tci.Bench.Jobs;

/// <summary>What so many jobs took.</summary>
/// <param name="CpuMsPerJob">Processor time of the whole process, all threads together.</param>
internal sealed record LivesResult(int AtOnce, double JobsPerSecond, double WritesPerJob, double CommitsPerJob, double CpuMsPerJob);

/// <summary>Jobs through their whole life, from the submission until the event of their end is in the store.</summary>
internal static class Lives
{
    public static async Task<LivesResult> Measure(int jobs, int atOnce)
    {
        using var counts = new WriteCounts();
        await using var host = new BenchHost();
        await host.Start();
        await using var endings = new Endings(host.Feed);
        var points = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => host.Point($"p{i}", 64)));
        await Live(host, endings, points, 1_000_000, atOnce * 2, atOnce);
        var (writes, commits) = counts.Now;
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        await Live(host, endings, points, 0, jobs, atOnce);
        var seconds = watch.Elapsed.TotalSeconds;
        var (writesAfter, commitsAfter) = counts.Now;
        var cpuMs = (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds;
        return new LivesResult(atOnce, jobs / seconds, (writesAfter - writes) / (double)jobs, (commitsAfter - commits) / (double)jobs, cpuMs / jobs);
    }

    private static async Task Live(BenchHost host, Endings endings, PointId[] points, int from, int jobs, int atOnce)
    {
        var next = from - 1;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async worker =>
        {
            for (var i = Interlocked.Increment(ref next); i < from + jobs; i = Interlocked.Increment(ref next))
            {
                var ended = endings.Of(BenchHost.Job(i));
                await host.Submit(i, points[worker % points.Length]);
                await ended;
            }
        }));
    }
}
