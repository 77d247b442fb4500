// SPDX-License-Identifier: BSD-3-Clause
using Tci.Grains;
using Tci.Simulation.Scheduling;
using Tci.Simulation.Storing;

namespace Tci.Simulation.Hosts;

/// <summary>What a control host does every few seconds: pokes whatever is due.</summary>
internal sealed class SweepLoop(Simulation simulation, Host host)
{
    private readonly SimGrains _grains = new(simulation, host, host.Name + " sweep");

    public void Start() => new SimContext(simulation.Kernel, host.Life, host.Name + " sweep").Begin(Loop);

    private async Task Loop()
    {
        var sweep = new Sweep(simulation.Mutation.WakeTimes(new SimWakeTimes(simulation.Store, host)), simulation.JobCatalog(host), simulation.ScheduleCatalog(host), _grains, host.Clock);
        while (true)
        {
            await Try(sweep.Once);
            await simulation.Kernel.Delay(Sweep.Period, host.Life);
        }
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
