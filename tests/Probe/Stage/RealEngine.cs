// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;
using Tci.Contracts;
using Tci.Probe.Installation;

namespace Tci.Probe.Tests.Stage;

/// <summary>What tests with the real capture engine need; without a build of it they are skipped.</summary>
internal sealed class RealEngine(TempFolder data) : IDisposable
{
    public static void Required()
    {
        foreach (var found in new[] { Programs.FindLibrary(), Programs.Find("tci-capture") })
        {
            if (found.Problem is { } problem) Assert.Inconclusive(problem.Message);
        }
    }

    /// <summary>A capture of a file of packets at given offsets from its start, in milliseconds.</summary>
    public static ArmCapture Replay(TempFolder data, params long[] offsetsMs)
    {
        const long Start = 1_700_000_000_000_000_000;
        File.WriteAllBytes(data.In("in.pcap"), PcapText.File(1, [.. offsetsMs.Select(ms => Start + (ms * 1_000_000))]));
        return Ask("pcap:" + data.In("in.pcap"), new JobLimits { Packets = 1_000_000 });
    }

    public static ArmCapture Ask(string source, JobLimits limits, string filter = "") =>
        new(new PointId("local/test"), source, filter, null, limits, DateTimeOffset.UtcNow.AddMinutes(5));

    /// <summary>Ends the launcher of this test's socket, which outlives the library that started it, and with it the captures it runs.</summary>
    public void Dispose()
    {
        foreach (var process in Of(data.In("engine.sock")).Concat(Of(data.In("captures"))))
        {
            using (process) process.Kill();
        }
        data.Dispose();
    }

    /// <summary>The processes whose command line names a path of this test.</summary>
    public static IEnumerable<Process> Of(string path)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var pid) || pid == Environment.ProcessId) continue;
            if (CommandLine(folder).Contains(path, StringComparison.Ordinal)) yield return Process.GetProcessById(pid);
        }
    }

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
