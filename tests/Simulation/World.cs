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

    /// <summary>One control host and one probe of that name, without sources.</summary>
    public ProbeMachine AddOne(ProbeId probe)
    {
        Add(new Host(simulation.Kernel, "control", HostRole.Control)).OnStart = h => new SweepLoop(simulation, h).Start();
        AddProbe(Add(new Host(simulation.Kernel, probe.Value, HostRole.Probe)), []);
        Add(Client);
        return simulation.Machines.Single();
    }

    public void AddHosts()
    {
        for (var i = random.Between(1, 2); i > 0; i--)
        {
            var host = Add(new Host(simulation.Kernel, $"control{i}", HostRole.Control));
            host.OnStart = h => new SweepLoop(simulation, h).Start();
        }

        for (var i = random.Between(2, 3); i > 0; i--) AddProbe(Add(new Host(simulation.Kernel, $"p{i}", HostRole.Probe)), Sources());
        Add(Client);
    }

    private List<ProbeSource> Sources() => [.. Enumerable.Range(0, random.Between(1, 3)).Select(i => new ProbeSource($"eth{i}", $"afpacket:eth{i}", ""))];

    private void AddProbe(Host host, List<ProbeSource> sources)
    {
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
