// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;

namespace Tci.Bench.Flows.Runs;

/// <summary>Prints a table per capture and writes everything, with the machine it was taken on, as JSON.</summary>
internal sealed class Report(BenchOptions options)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly List<object> captures = [];

    public void Add(BenchInput input, IReadOnlyList<Measurement> measurements)
    {
        // Ratios are to the first: TCI on one core.
        var (wall, cpu) = (measurements[0].BestWall, measurements[0].BestCpu);
        Console.WriteLine($"\n{input.Name}: {input.Packets:N0} packets, {input.Flows:N0} flows at once");
        Console.WriteLine($"  {"program",-34}{"Mpackets/s",12}{"ns CPU/packet",16}{"time/TCI",10}{"CPU/TCI",10}");
        foreach (var one in measurements)
        {
            var rate = input.Packets / one.BestWall / 1e6;
            Console.WriteLine($"  {one.Name,-34}{rate,12:F2}{one.BestCpu * 1e9 / input.Packets,16:F0}{one.BestWall / wall,10:F2}{one.BestCpu / cpu,10:F2}{(one.Failures > 0 ? $"  {one.Failures} failed" : "")}");
        }
        captures.Add(new
        {
            input.Name,
            input.Packets,
            FlowsAtOnce = input.Flows,
            Bytes = new FileInfo(input.Path).Length,
            Programs = measurements.Select(one => new
            {
                one.Name,
                one.Cores,
                one.WallSeconds,
                one.CpuSeconds,
                one.Failures,
                PacketsPerSecond = input.Packets / one.BestWall,
                CpuNanosecondsPerPacket = one.BestCpu * 1e9 / input.Packets,
                TimeToTciOneCore = one.BestWall / wall,
                CpuToTciOneCore = one.BestCpu / cpu,
            }).ToList(),
        });
    }

    public void Write()
    {
        var report = new { Taken = DateTimeOffset.UtcNow, Machine = Machine.Describe(), options.Rounds, options.Quick, Captures = captures };
        File.WriteAllText(options.Json, JsonSerializer.Serialize(report, Indented) + "\n");
        Console.WriteLine($"\nwritten to {options.Json}");
    }
}
