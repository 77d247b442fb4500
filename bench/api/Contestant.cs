// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;

namespace Tci.Bench.Api;

/// <summary>A server in a process of its own.</summary>
internal sealed class Contestant : IAsyncDisposable
{
    private static readonly TimeSpan s_startMax = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private Contestant(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>This program again; it says where it listens.</summary>
    public static async Task<Contestant> Start(string verb, params string[] paths)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(Contestant).Assembly.Location, verb, .. paths]) { RedirectStandardOutput = true })!;
        using var patience = new CancellationTokenSource(s_startMax);
        var line = await process.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException($"{verb} does not start.");
        return new Contestant(process, new Uri(line));
    }

    /// <summary>Another program on a port that is known; it is up when it takes a connection.</summary>
    public static async Task<Contestant> Start(string program, IEnumerable<string> arguments, int port)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var deadline = DateTime.UtcNow + s_startMax;
        while (true)
        {
            try
            {
                using var client = new System.Net.Sockets.TcpClient("127.0.0.1", port);
                return new Contestant(process, new Uri($"http://127.0.0.1:{port}"));
            }
            catch (System.Net.Sockets.SocketException) when (DateTime.UtcNow < deadline && !process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
