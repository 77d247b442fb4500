// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Bench.Flows.Runs;

/// <summary>Runs of one program on one capture; the quickest counts, for others only had more of the machine taken from them.</summary>
internal sealed class Measurement(string name, int cores, bool isPeer)
{
    private readonly List<double> wallSeconds = [];
    private readonly List<double> cpuSeconds = [];

    public string Name { get; } = name;

    public int Cores { get; } = cores;

    public bool IsPeer { get; } = isPeer;

    public int Failures { get; set; }

    public IReadOnlyList<double> WallSeconds => wallSeconds;

    /// <summary>Of the program and all its children, user and system.</summary>
    public IReadOnlyList<double> CpuSeconds => cpuSeconds;

    public double? BestWall => wallSeconds.Count == 0 ? null : wallSeconds.Min();

    public double? BestCpu => cpuSeconds.Count == 0 ? null : cpuSeconds.Min();

    public void Add(double wall, double cpu)
    {
        wallSeconds.Add(wall);
        cpuSeconds.Add(cpu);
    }
}
