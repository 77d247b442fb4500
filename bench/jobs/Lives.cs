// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;
using Tci.Contracts;

namespace Tci.Bench.Jobs;

/// <summary>Jobs through their whole life, and the same number of commits to the same kind of database with nothing else.</summary>
internal static class Lives
{
    private const int AtOnce = 16;

    /// <summary>Jobs a second, and how many commits one took.</summary>
    public static async Task<(double JobsPerSecond, double CommitsPerJob)> Measure(int jobs)
    {
        await using var host = new BenchHost();
        await host.Start();
        var points = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => host.Point($"p{i}", 64)));
        await Live(host, points, 1_000_000, AtOnce * 2);
        var before = Commits(host.Folder);
        var watch = Stopwatch.StartNew();
        await Live(host, points, 0, jobs);
        var seconds = watch.Elapsed.TotalSeconds;
        return (jobs / seconds, (Commits(host.Folder) - before) / (double)jobs);
    }

    /// <summary>Commits a second of one small row each, one after the other, with the store's own settings.</summary>
    public static double Floor(int commits)
    {
        var folder = Directory.CreateTempSubdirectory("tci-bench-").FullName;
        using (var db = new SqliteConnection($"Data Source={Path.Combine(folder, "floor.db")};Pooling=False"))
        {
            db.Open();
            db.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)");
            var text = new string('x', 1500);
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < commits; i++) db.Execute("INSERT INTO t (text) VALUES (@text)", new { text });
            var rate = commits / watch.Elapsed.TotalSeconds;
            db.Close();
            Directory.Delete(folder, recursive: true);
            return rate;
        }
    }

    private static async Task Live(BenchHost host, PointId[] points, int from, int jobs)
    {
        var next = from - 1;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async worker =>
        {
            for (var i = Interlocked.Increment(ref next); i < from + jobs; i = Interlocked.Increment(ref next))
            {
                var job = await host.Submit(i, points[worker]);
                while ((await host.Grains.Job(job).Get(new GetJob())).Value is { } view && view.State != JobState.Done)
                {
                    if (view.State.IsFinal()) throw new InvalidOperationException($"{job} is {view.State}: {view.Problem?.Message}");
                    await Task.Delay(1);
                }
            }
        }));
    }

    /// <summary>Every write of a row is a commit, and rows count their writes.</summary>
    private static long Commits(string folder)
    {
        using var db = new SqliteConnection($"Data Source={Path.Combine(folder, "tci.db")};Mode=ReadOnly;Pooling=False");
        return db.ExecuteScalar<long>(
            "SELECT (SELECT COALESCE(SUM(version), 0) FROM grain_state) + (SELECT COALESCE(SUM(version), 0) + COUNT(*) FROM jobs) + (SELECT COALESCE(SUM(version), 0) FROM points)");
    }
}
