// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Bench.Jobs;

/// <summary>What it means when many jobs capture at the same time.</summary>
internal static class Active
{
    private const int PerPoint = 50;

    /// <summary>Bytes of memory a capturing job takes: its grain, that of its capture, and its place on the point.</summary>
    public static async Task<double> Measure(int jobs)
    {
        await using var host = new BenchHost(capturesEnd: false);
        await host.Start();
        var points = await Task.WhenAll(Enumerable.Range(0, jobs / PerPoint).Select(i => host.Point($"p{i}", PerPoint)));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < jobs; i += PerPoint) await Task.WhenAll(Enumerable.Range(i, PerPoint).Select(n => host.Submit(n, points[n / PerPoint])));
        for (var i = 0; i < jobs; i++)
        {
            while ((await host.Grains.Job(BenchHost.Job(i)).Get(new GetJob())).Value!.State != JobState.Capturing) await Task.Delay(10);
        }

        return (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)jobs;
    }
}
