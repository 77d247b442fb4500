// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;
using Tci.Contracts;

namespace Tci.Bench.Jobs;

/// <summary>What so many jobs took, and the floors that were taken in turns with them, since the machine is seldom alone.</summary>
/// <param name="CpuMsPerJob">Processor time of the whole process, all threads together.</param>
/// <param name="FloorJobsPerSecond">As many rows as a job made writes, each with a commit of its own.</param>
/// <param name="GroupedJobsPerSecond">The same rows, so many with one commit as the store had: <paramref name="RowsPerCommit"/>.</param>
internal sealed record LivesResult(
    int AtOnce, double JobsPerSecond, double WritesPerJob, double CommitsPerJob, double CpuMsPerJob, double FloorJobsPerSecond, int RowsPerCommit, double GroupedJobsPerSecond);

/// <summary>Jobs through their whole life, from the submission until the event of their end is in the store.</summary>
internal static class Lives
{
    private const int Rounds = 8, RowsPerRound = 2000;

    public static async Task<LivesResult> Measure(int jobs, int atOnce)
    {
        using var counts = new WriteCounts();
        await using var host = new BenchHost();
        await host.Start();
        await using var endings = new Endings(host.Feed);
        var points = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => host.Point($"p{i}", 64)));
        await Live(host, endings, points, 1_000_000, atOnce * 4, atOnce);

        var (lives, single, grouped, cpu) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        var (writes, commits) = counts.Now;
        var sharing = 1;
        for (var round = 0; round < Rounds; round++)
        {
            var cpuBefore = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            await Live(host, endings, points, round * jobs, jobs, atOnce);
            lives += watch.Elapsed;
            cpu += Environment.CpuUsage.TotalTime - cpuBefore;
            sharing = (int)Math.Max(1, Math.Round((counts.Now.Writes - writes) / (double)(counts.Now.Commits - commits)));
            single += Floor.Measure(RowsPerRound, 1);
            grouped += Floor.Measure(RowsPerRound, sharing);
        }

        var all = (double)jobs * Rounds;
        var writesPerJob = (counts.Now.Writes - writes) / all;
        var floorRows = RowsPerRound * Rounds / writesPerJob;
        return new LivesResult(
            atOnce, all / lives.TotalSeconds, writesPerJob, (counts.Now.Commits - commits) / all, cpu.TotalMilliseconds / all, floorRows / single.TotalSeconds, sharing, floorRows / grouped.TotalSeconds);
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
