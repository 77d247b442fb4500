// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;
using Tci.Contracts;

namespace Tci.Bench.Jobs;

/// <summary>What it means when many jobs wait.</summary>
internal static class Waiting
{
    /// <summary>Bytes a waiting job takes in memory, seconds to start over with all of them, milliseconds to list 50, and to the next start.</summary>
    public static async Task<(double BytesPerJob, double StartSeconds, double ListMs, double NextStartMs)> Measure(int jobs)
    {
        await using var host = new BenchHost();
        await host.Start();
        var point = await host.Point("full", 1);

        // Holds the only place: granted to a capture of no job, until it is released below.
        var holder = new CaptureId("local/job-holder.0");
        await host.Grains.Point(point).Reserve(new ReservePoint(holder, DateTimeOffset.UtcNow.AddHours(2)));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < jobs; i += 32) await Task.WhenAll(Enumerable.Range(i, Math.Min(32, jobs - i)).Select(n => host.Submit(n, point)));
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)jobs;

        await host.Stop();
        var watch = Stopwatch.StartNew();
        await host.Start();
        var start = watch.Elapsed.TotalSeconds;
        watch.Restart();
        await host.Catalog.Jobs(new JobQuery(50, null, null));
        var list = watch.Elapsed.TotalMilliseconds;
        watch.Restart();
        await host.Grains.Point(point).Release(new ReleasePoint(holder));
        while ((await host.Grains.Job(BenchHost.Job(0)).Get(new GetJob())).Value!.State == JobState.Waiting) await Task.Delay(1);
        return (bytes, start, list, watch.Elapsed.TotalMilliseconds);
    }
}
