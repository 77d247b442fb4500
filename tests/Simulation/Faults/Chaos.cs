// SPDX-License-Identifier: BSD-3-Clause
using Tci.Simulation.Hosts;
using Tci.Simulation.Scheduling;

namespace Tci.Simulation.Faults;

/// <summary>Brings the faults of the plan about, until its time is over; then puts everything right again.</summary>
internal sealed class Chaos(Simulation simulation, FaultPlan plan, SimRandom random)
{
    private readonly SimContext _context = new(simulation.Kernel, simulation.Kernel.Always, "chaos");
    private int _crashes;

    private Kernel Kernel => simulation.Kernel;

    private bool Over => simulation.Faults.Over;

    public void Start()
    {
        if (plan.Partitions) _context.Begin(Partitions);
        if (plan.Outages) _context.Begin(Outages);
        if (plan.Depositions) _context.Begin(Depositions);
        if (plan.ClockJumps) _context.Begin(ClockJumps);
        if (plan.SourcesVanish) _context.Begin(SourcesVanish);
    }

    private async Task Depositions()
    {
        while (!Over)
        {
            await Kernel.Delay(random.Seconds(2, 30), Kernel.Always);
            var host = random.Pick(simulation.Cluster.Hosts.Where(h => h.Role != HostRole.Client).ToList());
            if (Over || !host.Alive) continue;
            Kernel.Trace.Say(host.Name, $"is taken for dead, and lives");
            host.Deposed = true;
            var life = host.Life;
            await Kernel.Delay(random.Seconds(0.05, 8), Kernel.Always);
            if (life.Ended || Over) continue;
            host.Crash(TimeSpan.Zero);
            await Kernel.Delay(random.Seconds(0.05, 5), Kernel.Always);
            if (!host.Alive) host.Start();
        }
    }

    /// <summary>Called before every step.</summary>
    public void BeforeStep()
    {
        if (Over || _crashes >= plan.CrashesMax || plan.CrashShare == 0 || !random.Chance(plan.CrashShare)) return;
        var alive = simulation.Cluster.Hosts.Where(h => h.Alive && h.Role != HostRole.Client).ToList();
        if (alive.Count == 0) return;
        Crash(random.Pick(alive));
    }

    /// <summary>Called when something on a probe's machine has got on, before its program hears of it.</summary>
    public void AtChange(Host host)
    {
        if (host.Alive && _crashes < plan.CrashesMax && simulation.Faults.CrashesAtChange()) Crash(host);
    }

    private void Crash(Host host)
    {
        _crashes++;
        host.Crash(random.Seconds(0, 8));
        var back = random.Chance(0.2) ? random.Seconds(20, 120) : random.Seconds(0.05, 10);
        Kernel.After(back, Kernel.Always, () =>
        {
            if (!host.Alive) host.Start();
        });
    }

    public void End()
    {
        simulation.Faults.End();
        Kernel.Trace.Say("chaos", $"is over; everything is put right");
        foreach (var host in simulation.Cluster.Hosts)
        {
            host.CutOff = host.StoreCutOff = false;
            if (host is { Alive: true, Deposed: true }) host.Crash(TimeSpan.Zero);
            if (!host.Alive) host.Start();
        }

        foreach (var machine in simulation.Machines.Where(_ => random.Chance(0.5))) machine.RestoreSources();
    }

    private async Task Partitions()
    {
        while (!Over)
        {
            await Kernel.Delay(random.Seconds(1, 40), Kernel.Always);
            if (Over) return;
            var host = random.Pick(simulation.Cluster.Probes.ToList());
            host.CutOff = true;
            host.StoreCutOff = random.Chance(0.7);
            Kernel.Trace.Say(host.Name, $"is cut off{(host.StoreCutOff ? ", from the store too" : "")}");
            await Kernel.Delay(random.Chance(0.3) ? random.Seconds(20, 90) : random.Seconds(0.5, 20), Kernel.Always);
            host.CutOff = host.StoreCutOff = false;
            Kernel.Trace.Say(host.Name, $"is reached again");
        }
    }

    private async Task Outages()
    {
        while (!Over)
        {
            await Kernel.Delay(random.Seconds(1, 40), Kernel.Always);
            if (Over) return;
            var refuses = random.Chance(0.5);
            (simulation.Faults.StoreAway, simulation.Faults.StoreRefuses) = (!refuses, refuses);
            Kernel.Trace.Say("store", $"{(refuses ? "refuses everything" : "is away")}");
            await Kernel.Delay(random.Seconds(0.5, 30), Kernel.Always);
            (simulation.Faults.StoreAway, simulation.Faults.StoreRefuses) = (false, false);
            Kernel.Trace.Say("store", $"is well again");
        }
    }

    private async Task ClockJumps()
    {
        for (var i = random.Between(1, 2); i > 0 && !Over; i--)
        {
            await Kernel.Delay(random.Seconds(1, 60), Kernel.Always);
            if (Over) return;
            var host = random.Pick(simulation.Cluster.Hosts);
            var jump = random.Pick([TimeSpan.FromHours(1), TimeSpan.FromHours(-1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(-5)]);
            host.Clock.Offset += jump;
            Kernel.Trace.Say(host.Name, $"its clock jumps by {jump}");
            simulation.MachineOf(host)?.ClockJumped();
        }
    }

    private async Task SourcesVanish()
    {
        while (!Over)
        {
            await Kernel.Delay(random.Seconds(2, 40), Kernel.Always);
            if (Over) return;
            random.Pick(simulation.Machines).LoseSource(random);
            await Kernel.Delay(random.Seconds(2, 40), Kernel.Always);
            if (random.Chance(0.5)) random.Pick(simulation.Machines).RestoreSources();
        }
    }
}
