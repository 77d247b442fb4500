// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;
using Tci.Probe.Interop;

namespace Tci.Probe.Processing;

/// <param name="Code">Exit code; 128 and the signal's number where one killed it.</param>
/// <param name="TimedOut">It was killed because its time was over.</param>
/// <param name="LastWords">The last lines of its standard error.</param>
internal sealed record ChildExit(int Code, bool TimedOut, string LastWords);

/// <summary>Runs a program under limits, with an environment of its own, and leaves nothing of its process group behind.</summary>
internal static class ChildProcess
{
    // How long output may stay open after the end, before whoever holds it is killed.
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(2);

    /// <summary>Blocks until the end.</summary>
    /// <param name="folder">Where it works, and its home.</param>
    /// <param name="line">Told each line of standard output.</param>
    /// <param name="errorLine">Told each line of standard error.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the program is dead.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no <c>/bin/sh</c>, or no process to be had.</exception>
    public static ChildExit Run(ProcessorCall call, string folder, ChildLimits limits, Action<string> line, Action<string> errorLine, TimeProvider time, CancellationToken cancel)
    {
        using var process = new Process { StartInfo = Describe(call, folder, limits) };
        using var wall = new CancellationTokenSource(limits.Wall, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(wall.Token, cancel);
        var words = new LastLines();
        var timedOut = false;
        process.Start();
        process.StandardInput.Close();
        var pumps = Task.WhenAll(LinePump.Run(process.StandardOutput, line), LinePump.Run(process.StandardError, l =>
        {
            words.Add(l);
            errorLine(l);
        }));
        try
        {
            process.WaitForExitAsync(either.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            timedOut = wall.IsCancellationRequested;
            Kill(process);
        }
        Drain(pumps, process.Id);
        cancel.ThrowIfCancellationRequested();
        return new ChildExit(process.ExitCode, timedOut, words.ToString());
    }

    private static ProcessStartInfo Describe(ProcessorCall call, string folder, ChildLimits limits)
    {
        var start = new ProcessStartInfo("/bin/sh", limits.Wrap(call.Program, call.Arguments))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Nothing is inherited: the probe's environment may hold passwords.
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        start.Environment["HOME"] = start.Environment["TMPDIR"] = folder;
        start.Environment["LANG"] = "C.UTF-8";
        // A .NET program then runs out of memory in words, not by a signal; and opens no socket for debuggers.
        start.Environment["DOTNET_GCHeapHardLimit"] = (limits.MemoryBytesMax / 4 * 3).ToString("x");
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root) start.Environment["DOTNET_ROOT"] = root;
        return start;
    }

    // The process has not been waited for, so its number is still its own. In its first moment it has no group yet.
    private static void Kill(Process process)
    {
        if (process.HasExited) return;
        if (!Libc.KillGroup(process.Id)) process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    // Output that stays open is held by a descendant; as long as that lives, the group's number belongs to no other.
    private static void Drain(Task pumps, int group)
    {
        if (pumps.Wait(s_drain)) return;
        Libc.KillGroup(group);
        pumps.Wait(s_drain);
    }
}
