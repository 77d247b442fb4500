// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Tci.Bench.Api;

/// <summary>Events to many readers: from the answer to the request that caused one until each reader has it.</summary>
internal static class FanOut
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public static async Task Measure(Contestant tci, string token, BenchSize size, Report report)
    {
        using var stop = new CancellationTokenSource(s_patience);
        var connected = new CountdownEvent(size.Readers);
        var caused = new Dictionary<string, TimeSpan>();
        var clock = Stopwatch.StartNew();
        var readers = Enumerable.Range(0, size.Readers).Select(_ => Task.Run(() => Read(tci, token, size.Events, connected, clock, stop.Token))).ToArray();
        await Task.Run(() => connected.Wait(stop.Token));
        await Task.Delay(TimeSpan.FromSeconds(1));
        using var client = new LoadConnection(tci.Address);
        for (var i = 0; i < size.Events; i++)
        {
            var body = $$"""{"name":"fan out","points":["{{Filling.Point}}"],"limits":{"duration":"PT10S"},"startAt":"{{DateTime.UtcNow.AddDays(30):yyyy-MM-dd}}T00:00:00Z"}""";
            var (status, _, answer) = await client.Send(LoadConnection.Post("/api/v1/jobs", token, body), keepBody: true);
            if (status != 201) throw new InvalidOperationException($"create answered {status}.");
            caused[(string)JsonNode.Parse(answer!)!["id"]!] = clock.Elapsed;
            await Task.Delay(50);
        }

        var seen = await Task.WhenAll(readers);
        var times = seen.SelectMany(r => r.Select(e => (e.At - caused[e.Job]).TotalMilliseconds)).Order().ToArray();
        var figures = new JsonObject
        {
            ["readers"] = size.Readers,
            ["events"] = size.Events,
            ["delivered"] = times.Length,
            ["medianMs"] = Math.Round(times[times.Length / 2], 1),
            ["p99Ms"] = Math.Round(times[(int)(times.Length * 0.99)], 1),
            ["maxMs"] = Math.Round(times[^1], 1),
        };
        report.Add("events", figures, $"{size.Events} events to {size.Readers} readers, {times.Length} delivered: median {times[times.Length / 2]:0} ms, p99 {times[(int)(times.Length * 0.99)]:0} ms, at most {times[^1]:0} ms (the store is looked at every 500 ms)");
    }

    // One event a job is enough: the first.
    private static async Task<List<(string Job, TimeSpan At)>> Read(Contestant tci, string token, int count, CountdownEvent connected, Stopwatch clock, CancellationToken stop)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(tci.Address.Host, tci.Address.Port, stop);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /api/v1/events HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\nAccept: text/event-stream\r\n\r\n"), stop);
        using var lines = new StreamReader(client.GetStream());
        var seen = new Dictionary<string, TimeSpan>();
        var isConnected = false;
        while (seen.Count < count)
        {
            var line = await lines.ReadLineAsync(stop) ?? throw new IOException("A stream of events was closed.");
            if (!isConnected && line.StartsWith("retry:", StringComparison.Ordinal))
            {
                isConnected = true;
                connected.Signal();
            }

            if (line.StartsWith("data: ", StringComparison.Ordinal)) seen.TryAdd((string)JsonNode.Parse(line.AsSpan(6).ToString())!["job"]!, clock.Elapsed);
        }

        return [.. seen.Select(s => (s.Key, s.Value))];
    }
}
