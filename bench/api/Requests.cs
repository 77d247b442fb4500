// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Tci.Bench.Api;

/// <summary>Requests a second, and how long the slowest hundredth takes: TCI, then the bare framework with the same bytes.</summary>
internal static class Requests
{
    private sealed record Case(string Name, Func<int, byte[]> Request, int Status);

    private sealed record Rate(double PerSecond, double MedianMs, double P99Ms)
    {
        public JsonObject Json => new() { ["perSecond"] = Math.Round(PerSecond, 1), ["medianMs"] = Math.Round(MedianMs, 3), ["p99Ms"] = Math.Round(P99Ms, 3) };
    }

    public static async Task Compare(BenchFolder folder, Contestant tci, string token, BenchSize size, Report report)
    {
        var cases = Cases(token, size);
        Directory.CreateDirectory(folder.Answers);
        foreach (var one in cases) await File.WriteAllBytesAsync(Path.Combine(folder.Answers, one.Name), await Answer(tci, one));
        await using var bare = await Contestant.Start("serve-bare", folder.Answers, folder.File);
        foreach (var one in cases)
        {
            var ours = await Run(tci, one, size);
            var isPost = one.Name == "create";
            var floor = await Run(bare, one with { Request = i => isPost ? LoadConnection.Post("/create", token, Body(i)) : LoadConnection.Get("/" + one.Name, token) }, size);
            var bytes = new FileInfo(Path.Combine(folder.Answers, one.Name)).Length;
            report.Add(
                one.Name,
                new JsonObject { ["bytes"] = bytes, ["tci"] = ours.Json, ["bare"] = floor.Json, ["ratio"] = Math.Round(ours.PerSecond / floor.PerSecond, 3) },
                $"{ours.PerSecond,8:0} /s, median {ours.MedianMs:0.00} ms, p99 {ours.P99Ms:0.00} ms; bare framework {floor.PerSecond:0} /s, p99 {floor.P99Ms:0.00} ms ({bytes} bytes): {ours.PerSecond / floor.PerSecond:0.00} of it");
        }
    }

    private static List<Case> Cases(string token, BenchSize size)
    {
        // Far apart, so that no cache of one row makes it look better than it is.
        byte[] Get(int i) => LoadConnection.Get($"/api/v1/jobs/{Filling.Job((int)(i * 7919L % size.Jobs))}", token);
        var list = LoadConnection.Get("/api/v1/jobs?limit=50", token);
        var search = LoadConnection.Get("/api/v1/jobs?limit=50&state=Done&label=site%3Dsite-7&text=incident", token);
        var common = LoadConnection.Get("/api/v1/jobs?limit=50&text=vening", token);
        byte[] Rare(int i) => LoadConnection.Get($"/api/v1/jobs?limit=50&text={i * 7919L % size.Jobs:d4}", token);
        return
        [
            new("get", Get, 200), new("list50", _ => list, 200), new("search", _ => search, 200), new("searchCommon", _ => common, 200), new("searchRare", Rare, 200), new("create", i => LoadConnection.Post("/api/v1/jobs", token, Body(i)), 201),
        ];
    }

    // A start in the future: what is measured is the creation, not a capture.
    private static string Body(int number) =>
        $$"""{"name":"created {{number}}","points":["{{Filling.Point}}"],"limits":{"duration":"PT10S"},"startAt":"{{DateTime.UtcNow.AddDays(30):yyyy-MM-dd}}T00:00:00Z"}""";

    private static async Task<byte[]> Answer(Contestant server, Case one)
    {
        using var connection = new LoadConnection(server.Address);
        var (status, _, body) = await connection.Send(one.Request(1), keepBody: true);
        return status == one.Status ? body! : throw new InvalidOperationException($"{one.Name} answered {status}: {System.Text.Encoding.UTF8.GetString(body!)}");
    }

    private static async Task<Rate> Run(Contestant server, Case one, BenchSize size)
    {
        var times = new List<double>[size.Connections];
        var numbers = 0;
        var warm = TimeSpan.FromSeconds(size.Seconds / 4);
        var end = warm + TimeSpan.FromSeconds(size.Seconds);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, size.Connections).Select(c => Task.Run(async () =>
        {
            times[c] = [];
            using var connection = new LoadConnection(server.Address);
            while (clock.Elapsed < end)
            {
                var begun = clock.Elapsed;
                var (status, _, _) = await connection.Send(one.Request(Interlocked.Increment(ref numbers)));
                if (status != one.Status) throw new InvalidOperationException($"{one.Name} answered {status}.");
                if (begun >= warm) times[c].Add((clock.Elapsed - begun).TotalMilliseconds);
            }
        })));
        var all = times.SelectMany(t => t).Order().ToArray();
        return new Rate(all.Length / size.Seconds, all[all.Length / 2], all[(int)(all.Length * 0.99)]);
    }
}
