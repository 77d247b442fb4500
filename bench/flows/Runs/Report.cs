// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;

namespace Tci.Bench.Flows.Runs;

/// <summary>Prints a table per capture and writes everything, with the machine it was taken on, as JSON.</summary>
internal sealed class Report(BenchOptions options)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly List<object> captures = [];
    private readonly Dictionary<string, double?> costs = [];

    public void Add(BenchInput input, IReadOnlyList<Measurement> measurements)
    {
        // Ratios are to the first: TCI on one core.
        var (rate, cpu) = (measurements[0].PacketsPerSecond, measurements[0].CpuNanosecondsPerPacket);
        Console.WriteLine($"\n{input.Name}: {input.Packets:N0} packets, {input.Flows:N0} flows at once");
        Console.WriteLine($"  {"program",-34}{"Mpackets/s",12}{"ns CPU/packet",16}{"time/TCI",10}{"CPU/TCI",10}");
        foreach (var one in measurements)
        {
            Console.WriteLine($"  {one.Name,-34}{one.PacketsPerSecond / 1e6,12:F2}{one.CpuNanosecondsPerPacket,16:F0}{rate / one.PacketsPerSecond,10:F2}{one.CpuNanosecondsPerPacket / cpu,10:F2}{(one.Failures > 0 ? $"  {one.Failures} failed" : "")}");
        }
        costs[input.Name] = cpu;
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
                one.Packets,
                one.WallSeconds,
                one.CpuSeconds,
                one.Failures,
                one.PacketsPerSecond,
                one.CpuNanosecondsPerPacket,
                TimeToTciOneCore = rate / one.PacketsPerSecond,
                CpuToTciOneCore = one.CpuNanosecondsPerPacket / cpu,
            }).ToList(),
        });
    }

    public void Write()
    {
        // By CPU time: the wall also waits for the disk that takes the rows.
        var growth = costs.GetValueOrDefault("wide-10m") / costs.GetValueOrDefault("wide-10k");
        if (growth is not null)
            Console.WriteLine($"\nwide-10m takes {growth:F2} times the nanoseconds a packet of wide-10k");
        var report = new { TenMillionToTenThousand = growth, Taken = DateTimeOffset.UtcNow, Machine = Machine.Describe(), options.Rounds, options.Quick, Captures = captures };
        File.WriteAllText(options.Json, JsonSerializer.Serialize(report, Indented) + "\n");
        Console.WriteLine($"\nwritten to {options.Json}");
    }
}
