// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;
using Tci.Flows.Tests.Making;
using Tci.FlowsCli;

namespace Tci.Flows.Tests.FlowsCli;

/// <summary>Standard input belongs to the process, so these run the program as one.</summary>
[TestClass]
public sealed class StandardInputTests
{
    // Compiled code, and how the collector happens to run; two thousand flows a repetition would be far more.
    private const long MemorySlackBytes = 24 << 20;

    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(2);

    private readonly TempFolder folder = new();

    [TestCleanup]
    public void Remove() => folder.Dispose();

    [TestMethod]
    public void A_capture_on_standard_input_is_exported()
    {
        var (code, errors) = Run(SmallCapture.Of("a.test").ToArray(), "-", "-o", folder["out"]);
        Assert.AreEqual(ExitCode.Done, code, errors);
        Assert.HasCount(3, FlowFile.Load(folder["out/flow.csv"]).Rows);
    }

    /// <summary>Flows come and go all the time, none twice; what they needed is used again.</summary>
    [TestMethod]
    public void A_capture_ten_times_as_long_takes_no_more_memory()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Inconclusive("The most memory a process had is read from /proc.");
            return;
        }
        var traffic = RandomTraffic.Of(3, conversations: 400, TrafficKinds.Version6 | TrafficKinds.ServerHellos).ToArray();
        var (once, rows) = MostMemory(traffic, repetitions: 30);
        var (tenTimes, tenTimesRows) = MostMemory(traffic, repetitions: 300);
        Assert.IsGreaterThan(9 * rows, tenTimesRows);
        Assert.IsLessThan(once + MemorySlackBytes, tenTimes, $"{once >> 10} KiB became {tenTimes >> 10} KiB");
    }

    [TestMethod]
    public void Damage_of_standard_input_is_told_by_its_name()
    {
        var (code, errors) = Run(SmallCapture.Of("a.test").ToArray()[..^1], "-", "-o", folder["out"]);
        Assert.AreEqual(ExitCode.DamagedInput, code);
        Assert.Contains("tci-flows: standard input: ends inside a packet", errors);
        Assert.HasCount(2, FlowFile.Load(folder["out/flow.csv"]).Rows);
    }

    [TestMethod]
    public void Zstd_without_its_program_is_a_clear_failure()
    {
        var path = folder.Write("a.pcap.zst", [0x28, 0xB5, 0x2F, 0xFD, 0, 0]);
        // A path with no program on it.
        var (code, errors) = RunWithPath([], folder.Path, path, "-o", folder["out"]);
        Assert.AreEqual(ExitCode.Failure, code);
        Assert.Contains("the program zstd that reads it cannot be started", errors);
        Assert.Contains("apt-get install zstd", errors);
        Assert.IsFalse(Directory.Exists(folder["out"]));
    }

    /// <summary>The most memory the program had, in bytes, and how many rows it wrote.</summary>
    private (long Bytes, int Rows) MostMemory(byte[] traffic, int repetitions)
    {
        var most = 0L;
        var (code, errors) = Run(
            (child, pipe) =>
            {
                RepeatedCapture.Write(traffic, repetitions, pipe);
                pipe.Flush();
                var line = File.ReadLines($"/proc/{child.Id}/status").Single(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
                most = long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]) << 10;
            },
            null,
            "-", "-o", folder["out"], "--flows", "1024");
        Assert.AreEqual(ExitCode.Done, code, errors);
        return (most, File.ReadLines(folder["out/flow.csv"]).Count());
    }

    private static (int Code, string Errors) Run(byte[] input, params string[] arguments) => RunWithPath(input, null, arguments);

    private static (int Code, string Errors) RunWithPath(byte[] input, string? path, params string[] arguments) =>
        Run((_, pipe) => pipe.Write(input), path, arguments);

    private static (int Code, string Errors) Run(Action<Process, Stream> feed, string? path, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "tci-flows.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        if (path is not null)
            start.Environment["PATH"] = path;
        using var child = Process.Start(start)!;
        var errors = child.StandardError.ReadToEndAsync();
        using (var pipe = child.StandardInput.BaseStream)
            feed(child, pipe);
        if (!child.WaitForExit(s_deadline))
        {
            child.Kill();
            Assert.Fail("tci-flows did not end.");
        }
        return (child.ExitCode, errors.Result);
    }
}
