// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Bench.Flows.Runs;

/// <summary>Runs of one program on one capture; the quickest counts, for others only had more of the machine taken from them.</summary>
internal sealed class Measurement(Contestant contestant, long packets)
{
    private readonly List<double> wallSeconds = [];
    private readonly List<double> cpuSeconds = [];

    public string Name => contestant.Name;

    public int Cores => contestant.Cores;

    /// <summary>In the capture it ran on.</summary>
    public long Packets => packets;

    public int Failures { get; set; }

    public IReadOnlyList<double> WallSeconds => wallSeconds;

    /// <summary>Of the program and all its children, user and system.</summary>
    public IReadOnlyList<double> CpuSeconds => cpuSeconds;

    public double? PacketsPerSecond => wallSeconds.Count == 0 ? null : packets / wallSeconds.Min();

    public double? CpuNanosecondsPerPacket => cpuSeconds.Count == 0 ? null : cpuSeconds.Min() * 1e9 / packets;

    public void Add(double wall, double cpu)
    {
        wallSeconds.Add(wall);
        cpuSeconds.Add(cpu);
    }
}
