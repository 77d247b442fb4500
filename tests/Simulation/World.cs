// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Simulation.Hosts;
using Tci.Simulation.Probes;
using Tci.Simulation.Scheduling;

namespace Tci.Simulation;

/// <summary>Makes the hosts of a simulation: one or two for control, two or three probes with one to three sources each, and where people sit.</summary>
internal sealed class World(Simulation simulation, SimRandom random)
{
    public Host Client { get; } = new(simulation.Kernel, "people", HostRole.Client);

    /// <summary>Every point there may be, by the probes' sources.</summary>
    public List<PointId> Points { get; } = [];

    public void AddHosts()
    {
        for (var i = random.Between(1, 2); i > 0; i--)
        {
            var host = Add(new Host(simulation.Kernel, $"control{i}", HostRole.Control));
            host.OnStart = h => new SweepLoop(simulation, h).Start();
        }

        for (var i = random.Between(2, 3); i > 0; i--) AddProbe(Add(new Host(simulation.Kernel, $"p{i}", HostRole.Probe)));
        Add(Client);
    }

    private void AddProbe(Host host)
    {
        var sources = Enumerable.Range(0, random.Between(1, 3)).Select(i => new ProbeSource($"eth{i}", $"afpacket:eth{i}", "")).ToList();
        var machine = new ProbeMachine(simulation, host, sources, random.Fork());
        simulation.Machines.Add(machine);
        Points.AddRange(sources.Select(s => new PointId(host.Probe, s.Name)));
        host.OnStart = _ => simulation.NewPorts(machine);
    }

    private Host Add(Host host)
    {
        var skew = simulation.Faults.Plan.SkewMax;
        if (host.Role != HostRole.Client) host.Clock.Offset = random.Span(-skew, skew);
        host.Crash(TimeSpan.Zero);
        simulation.Cluster.Hosts.Add(host);
        return host;
    }
}
