// SPDX-License-Identifier: BSD-3-Clause
using System.Text.RegularExpressions;

namespace Tci.EndToEnd.Stage;

/// <summary>The real program on a data folder. It can be killed, told to end, and started again on the same folder.</summary>
public sealed partial class Server(string program, string folder, NetworkNamespace? network) : IDisposable
{
    private readonly Daemon _daemon = new(program, folder, network);

    /// <summary>Database, captures, token.</summary>
    public string Data { get; } = Path.Combine(folder, "data");

    /// <summary>Says where PostgreSQL is; null for SQLite in the data folder.</summary>
    public string? StoreFile { get; set; }

    public string TokenFile => Path.Combine(Data, "admin-token");

    /// <summary>What a client sees; a new one after each start.</summary>
    public Api Api { get; private set; } = null!;

    public bool IsUp => _daemon.IsUp;

    /// <summary>Bytes that the present process has had in memory at most.</summary>
    public long MemoryPeak => _daemon.MemoryPeak;

    /// <summary>What the present process has written.</summary>
    public string Log => _daemon.Log;

    /// <summary>Starts it on a free port and waits until it answers.</summary>
    public async Task Start()
    {
        await _daemon.Start(Arguments(Data, "127.0.0.1:0"), log => Listening().IsMatch(log) && File.Exists(TokenFile));
        Api?.Dispose();
        Api = new Api(new Uri(Listening().Match(Log).Groups[1].Value), network, (await File.ReadAllTextAsync(TokenFile)).Trim());
    }

    /// <summary>Runs the program with arguments of its own, beside a running one, until it ends.</summary>
    public Said Run(params string[] arguments) => _daemon.Run(arguments);

    /// <summary>Runs it as <see cref="Start"/> would, elsewhere or on another address, in the expectation that it refuses.</summary>
    public Said RunOn(string data, string listen) => Run([.. Arguments(data, listen)]);

    /// <summary>kill -9.</summary>
    public Task Kill() => _daemon.Kill();

    /// <summary>SIGTERM; the exit code.</summary>
    public Task<int> End(TimeSpan timeMax) => _daemon.End(timeMax);

    public void Dispose()
    {
        Api?.Dispose();
        _daemon.Dispose();
    }

    private string[] Arguments(string data, string listen)
    {
        string[] arguments = ["--data", data, "--listen", listen, "--probe-id", "local", .. StoreFile is null ? (string[])[] : ["--store", StoreFile]];
        // Without a network of its own the silo's usual ports may be taken.
        return program == "tci-silo" && network is null ? [.. arguments, "--silo-port", FreePort(), "--gateway-port", FreePort()] : arguments;
    }

    private static string FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        socket.Start();
        return ((System.Net.IPEndPoint)socket.LocalEndpoint).Port.ToString();
    }

    [GeneratedRegex("TCI listens on (http://[^\\s]+)\\s")]
    private static partial Regex Listening();
}
