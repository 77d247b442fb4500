// SPDX-License-Identifier: BSD-3-Clause
using System.Collections.Concurrent;
using System.Diagnostics;

namespace Tci.Probe.Processing;

/// <summary>Asks a program which version it is, once for as long as its file stays the same.</summary>
internal static class ProgramVersion
{
    private const int LengthMax = 64;
    private static readonly TimeSpan s_answerMax = TimeSpan.FromSeconds(5);
    private static readonly ConcurrentDictionary<(string Path, DateTime Written), string?> s_known = new();

    /// <summary>Name and version, <c>tci-flows 0.1.0</c>; null where the program does not tell in time.</summary>
    public static string? Of(string path, TimeProvider time) => s_known.GetOrAdd((path, File.GetLastWriteTimeUtc(path)), key => Ask(key.Path, time));

    private static string? Ask(string path, TimeProvider time)
    {
        using var process = Process.Start(new ProcessStartInfo(path, "--version") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true });
        if (process is null) return null;
        using var deadline = new CancellationTokenSource(s_answerMax, time);
        try
        {
            var line = process.StandardOutput.ReadLineAsync(deadline.Token).AsTask().GetAwaiter().GetResult()?.Trim();
            return line is { Length: > 0 and <= LengthMax } && !line.Any(char.IsControl) ? Named(path, line) : null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    /// <summary>Some programs print their name before the version, some do not; a build's commit after a plus is left out.</summary>
    private static string Named(string path, string line)
    {
        var version = line.Split(' ')[^1].Split('+')[0];
        return $"{Path.GetFileName(path)} {version}";
    }
}
