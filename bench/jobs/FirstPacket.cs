// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Tci.Bench.Jobs;

/// <summary>The real server and the real engine: from sending POST to the time stamp of the first stored packet, on loopback with a packet every millisecond.</summary>
internal static class FirstPacket
{
    private const int TrafficPort = 47_123;
    private static readonly TimeSpan s_startMax = TimeSpan.FromSeconds(30);

    /// <summary>Milliseconds, one a job, in order of size. Needs the right to capture.</summary>
    public static async Task<double[]> Measure(int jobs)
    {
        var folder = Directory.CreateTempSubdirectory("tci-bench-").FullName;
        using var server = Process.Start(new ProcessStartInfo("out/bin/tci-server", ["run", "--data", folder, "--listen", "127.0.0.1:18099"]) { RedirectStandardOutput = true })!;
        using var stop = new CancellationTokenSource();
        var traffic = Task.Run(() => Send(stop.Token));
        try
        {
            using var http = await Connect(folder);
            var times = new List<double>();
            for (var i = 0; i < jobs; i++) times.Add(await One(http, i));
            return [.. times.Order()];
        }
        finally
        {
            await stop.CancelAsync();
            await traffic;
            Process.Start("kill", [server.Id.ToString()]).WaitForExit();
            await server.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> One(HttpClient http, int number)
    {
        var body = new JsonObject
        {
            ["name"] = $"first packet {number}",
            ["points"] = new JsonArray("local/lo"),
            ["filter"] = $"udp port {TrafficPort}",
            ["limits"] = new JsonObject { ["packets"] = 1, ["duration"] = "PT10S" },
        };
        var sent = DateTimeOffset.UtcNow;
        var made = await (await http.PostAsJsonAsync("/api/v1/jobs", body)).EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>();
        while (true)
        {
            var job = await http.GetFromJsonAsync<JsonNode>($"/api/v1/jobs/{made!["id"]}");
            if (job!["state"]!.GetValue<string>() == "Done")
                return (DateTimeOffset.Parse(job["captures"]![0]!["end"]!["firstPacket"]!.GetValue<string>()) - sent).TotalMilliseconds;
            await Task.Delay(20);
        }
    }

    private static async Task<HttpClient> Connect(string folder)
    {
        var deadline = DateTime.UtcNow + s_startMax;
        var http = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:18099") };
        while (DateTime.UtcNow < deadline)
        {
            try
            {
                http.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(folder, "admin-token"))).Trim());
                if ((await http.GetStringAsync("/api/v1/points")).Contains("local/lo", StringComparison.Ordinal)) return http;
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                // Not up yet.
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("The server did not start.");
    }

    private static async Task Send(CancellationToken stop)
    {
        using var socket = new UdpClient();
        var to = new IPEndPoint(IPAddress.Loopback, TrafficPort);
        while (!stop.IsCancellationRequested)
        {
            await socket.SendAsync(new byte[100], to, CancellationToken.None);
            await Task.Delay(1, CancellationToken.None);
        }
    }
}
