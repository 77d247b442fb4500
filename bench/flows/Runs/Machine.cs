// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.InteropServices;

namespace Tci.Bench.Flows.Runs;

/// <summary>What a figure was taken on, and how busy it was with other things.</summary>
internal static class Machine
{
    public static object Describe() => new
    {
        Processor = Line("/proc/cpuinfo", "model name"),
        Cores = Environment.ProcessorCount,
        MemoryKilobytes = Line("/proc/meminfo", "MemTotal"),
        System = RuntimeInformation.OSDescription,
        Runtime = RuntimeInformation.FrameworkDescription,
        LoadAverage = File.ReadAllText("/proc/loadavg").Trim(),
    };

    private static string Line(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown";
}
