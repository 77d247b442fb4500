// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Tci.EndToEnd.Stage;

/// <summary>The real program on a data folder. It can be killed, told to end, and started again on the same folder.</summary>
public sealed partial class Server(string program, string folder, NetworkNamespace? network) : IDisposable
{
    private static readonly TimeSpan s_startMax = TimeSpan.FromSeconds(60);
    private readonly string _path = Repository.Program(program);
    private Process? _process;
    private int _starts;

    /// <summary>Database, captures, token.</summary>
    public string Data { get; } = Path.Combine(folder, "data");

    public string TokenFile => Path.Combine(Data, "admin-token");

    /// <summary>What a client sees; a new one after each start.</summary>
    public Api Api { get; private set; } = null!;

    public bool IsUp => _process is { HasExited: false };

    /// <summary>Bytes that the present process has had in memory at most.</summary>
    public long MemoryPeak => 1024 * long.Parse(File.ReadLines($"/proc/{_process!.Id}/status").Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);

    /// <summary>What the present process has written.</summary>
    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    private string LogFile => Path.Combine(folder, $"{program}.{_starts}.log");

    /// <summary>Starts it on a free port and waits until it answers.</summary>
    public async Task Start()
    {
        _starts++;
        _process?.Dispose();
        // Output goes to a file: the engine's launcher may keep the descriptor longer than the server lives.
        string[] command = [.. network?.Enter ?? [], .. CommandLine("127.0.0.1:0")];
        var start = new ProcessStartInfo("sh", ["-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1 </dev/null", "sh", LogFile, .. command]) { WorkingDirectory = folder };
        _process = Process.Start(start)!;
        var deadline = DateTime.UtcNow + s_startMax;
        while (true)
        {
            var exited = _process.HasExited;
            if (Listening().Match(Log) is { Success: true } listening && File.Exists(TokenFile))
            {
                Api?.Dispose();
                Api = new Api(new Uri(listening.Groups[1].Value), network, (await File.ReadAllTextAsync(TokenFile)).Trim());
                return;
            }

            if (exited) Assert.Fail($"{program} ended with {_process.ExitCode}:\n{Log}");
            if (DateTime.UtcNow > deadline) Assert.Fail($"{program} does not answer within {s_startMax.TotalSeconds} s:\n{Log}");
            await Task.Delay(20);
        }
    }

    /// <summary>Runs the program with arguments of its own, beside a running one, until it ends.</summary>
    public Said Run(params string[] arguments) => Shell.Try([.. network?.Enter ?? [], _path, .. arguments], s_startMax, folder);

    /// <summary>Runs it as <see cref="Start"/> would, elsewhere or on another address, in the expectation that it refuses.</summary>
    public Said RunOn(string data, string listen) => Run([.. Arguments(data, listen)]);

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        if (!IsUp) return;
        Libc.Signal(_process!.Id, Libc.SigKill);
        using var timeOut = new CancellationTokenSource(Shell.TimeMax);
        await _process.WaitForExitAsync(timeOut.Token);
    }

    /// <summary>SIGTERM; the exit code.</summary>
    public async Task<int> End(TimeSpan timeMax)
    {
        Libc.Signal(_process!.Id, Libc.SigTerm);
        using var timeOut = new CancellationTokenSource(timeMax);
        await _process.WaitForExitAsync(timeOut.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        Api?.Dispose();
        _process?.Dispose();
    }

    private string[] CommandLine(string listen) => [_path, .. Arguments(Data, listen)];

    private string[] Arguments(string data, string listen)
    {
        string[] arguments = ["--data", data, "--listen", listen, "--probe-id", "local"];
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
