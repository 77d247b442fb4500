// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Tci.Bench.Api;

/// <summary>One file, by one client and by several at once: TCI, the bare framework and caddy on the same file, in turns.</summary>
internal static class Downloads
{
    private const int Rounds = 3;

    public static async Task Compare(BenchFolder folder, Contestant tci, string token, BenchSize size, Report report)
    {
        var ours = LoadConnection.Get($"/api/v1/jobs/{Filling.FileJob}/files/{Filling.FileName}", token);
        var zip = LoadConnection.Get($"/api/v1/jobs/{Filling.FileJob}/dataset", token);
        var port = FreePort();
        await using var caddy = Find("caddy") is { } program ? await Contestant.Start(program, ["file-server", "--root", folder.Files, "--listen", $"127.0.0.1:{port}"], port) : null;
        var theirs = LoadConnection.Get("/" + Filling.FileName, null);
        Directory.CreateDirectory(folder.Answers);
        await using var bare = await Contestant.Start("serve-bare", folder.Answers, folder.File);
        var floor = LoadConnection.Get("/file", null);
        foreach (var clients in new[] { 1, size.ParallelDownloads })
        {
            var rates = (Ours: 0.0, Zip: 0.0, Bare: 0.0, Theirs: 0.0);
            // The best of each: what else runs on the machine only ever takes away.
            for (var i = 0; i < Rounds; i++)
            {
                rates.Ours = Math.Max(rates.Ours, await Rate(tci.Address, ours, clients));
                rates.Zip = Math.Max(rates.Zip, await Rate(tci.Address, zip, clients));
                rates.Bare = Math.Max(rates.Bare, await Rate(bare.Address, floor, clients));
                if (caddy is not null) rates.Theirs = Math.Max(rates.Theirs, await Rate(caddy.Address, theirs, clients));
            }

            var figures = new JsonObject { ["clients"] = clients, ["bytes"] = size.FileBytes, ["fileMBps"] = Math.Round(rates.Ours), ["zipMBps"] = Math.Round(rates.Zip), ["bareMBps"] = Math.Round(rates.Bare) };
            if (caddy is not null) (figures["caddyMBps"], figures["ratio"]) = (Math.Round(rates.Theirs), Math.Round(rates.Ours / rates.Theirs, 3));
            var compared = caddy is null ? "caddy is not on the PATH" : $"caddy {rates.Theirs:0} MB/s: {rates.Ours / rates.Theirs:0.00} of it";
            report.Add($"download{clients}", figures, $"{rates.Ours,8:0} MB/s, as a zip {rates.Zip:0} MB/s; bare framework {rates.Bare:0} MB/s; {compared}");
        }
    }

    private static async Task<double> Rate(Uri server, byte[] request, int clients)
    {
        var clock = Stopwatch.StartNew();
        var bytes = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            using var connection = new LoadConnection(server);
            var (status, read, _) = await connection.Send(request);
            return status == 200 ? read : throw new InvalidOperationException($"The download answered {status}.");
        })));
        return bytes.Sum() / clock.Elapsed.TotalSeconds / 1e6;
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(d => Path.Combine(d, program)).FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
