// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Tci.EndToEnd.Stage;

/// <summary>A program that runs until it is told to end, or killed, and can be started again. What it writes is in <c>PROGRAM[.NAME].N.log</c> in the folder.</summary>
public sealed class Daemon(string program, string folder, NetworkNamespace? network = null, string name = "") : IDisposable
{
    private static readonly TimeSpan s_startMax = TimeSpan.FromSeconds(60);
    private readonly string _path = Repository.Program(program);
    private Process? _process;
    private int _starts;

    public bool IsUp => _process is { HasExited: false };

    /// <summary>Bytes that the present process has had in memory at most.</summary>
    public long MemoryPeak => 1024 * long.Parse(File.ReadLines($"/proc/{_process!.Id}/status").Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);

    /// <summary>What the present process has written.</summary>
    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    private string LogFile => Path.Combine(folder, $"{program}{(name == "" ? "" : ".")}{name}.{_starts}.log");

    /// <summary>Starts it and waits until its log says that it is ready.</summary>
    /// <param name="environment">Set beside what it inherits.</param>
    public async Task Start(IReadOnlyList<string> arguments, Func<string, bool> isReady, IReadOnlyDictionary<string, string>? environment = null)
    {
        _starts++;
        _process?.Dispose();
        // Output goes to a file: the engine's launcher may keep the descriptor longer than the program lives.
        string[] command = [.. network?.Enter ?? [], _path, .. arguments];
        var start = new ProcessStartInfo("sh", ["-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1 </dev/null", "sh", LogFile, .. command]) { WorkingDirectory = folder };
        foreach (var (variable, value) in environment ?? new Dictionary<string, string>()) start.Environment[variable] = value;
        _process = Process.Start(start)!;
        var deadline = DateTime.UtcNow + s_startMax;
        while (true)
        {
            var exited = _process.HasExited;
            if (isReady(Log)) return;
            if (exited) Assert.Fail($"{program} ended with {_process.ExitCode}:\n{Log}");
            if (DateTime.UtcNow > deadline) Assert.Fail($"{program} does not answer within {s_startMax.TotalSeconds} s:\n{Log}");
            await Task.Delay(20);
        }
    }

    /// <summary>Runs the program with arguments of its own, beside a running one, until it ends.</summary>
    public Said Run(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        Shell.Try([.. network?.Enter ?? [], _path, .. arguments], s_startMax, folder, environment);

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

    public void Dispose() => _process?.Dispose();
}
