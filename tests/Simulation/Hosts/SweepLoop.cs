// SPDX-License-Identifier: BSD-3-Clause
using Tci.Grains;
using Tci.Simulation.Scheduling;

namespace Tci.Simulation.Hosts;

/// <summary>What a control host does every few seconds: wakes jobs that are due in the catalog, and entities whose saved instant has passed.</summary>
internal sealed class SweepLoop(Simulation simulation, Host host)
{
    private readonly SimGrains _grains = new(simulation, host, host.Name + " sweep");

    public void Start() => new SimContext(simulation.Kernel, host.Life, host.Name + " sweep").Begin(Loop);

    private async Task Loop()
    {
        var jobs = new Sweep(simulation.JobCatalog(host), simulation.ScheduleCatalog(host), _grains, host.Clock);
        while (true)
        {
            await Try(() => jobs.Once());
            await Try(Entities);
            await simulation.Kernel.Delay(Sweep.Period, host.Life);
        }
    }

    private async Task Entities()
    {
        foreach (var (kind, key) in await simulation.Store.Due(host, host.Clock.GetUtcNow(), Sweep.CountMax))
            simulation.Network.Poke(host, host.Name + " sweep", EntityKind.Stored[kind], key);
    }

    private async Task Try(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e)
        {
            simulation.Kernel.Trace.Say(host.Name + " sweep", $"failed: {e.Message}");
        }
    }
}
