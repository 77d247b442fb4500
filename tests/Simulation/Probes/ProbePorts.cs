// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Simulation.Hosts;
using Tci.Simulation.Scheduling;

namespace Tci.Simulation.Probes;

/// <summary>What one process of a probe program offers its grains. Dies with it; the machine stays.</summary>
internal sealed class ProbePorts
{
    private static readonly TimeSpan s_reportEvery = TimeSpan.FromSeconds(5);
    private readonly Simulation _simulation;
    private readonly ProbeMachine _machine;

    public ProbePorts(Simulation simulation, ProbeMachine machine)
    {
        (_simulation, _machine) = (simulation, machine);
        Engine = simulation.Mutation.Engine(new SimCaptureEngine(simulation, machine), machine);
        Files = simulation.Mutation.Files(new SimCaptureFiles(simulation, machine), machine);
        Processors = simulation.Mutation.Processors(new SimProcessors(simulation, machine), machine);
        Filters = new SimFilterCompiler(simulation, machine.Host);
        new SimContext(simulation.Kernel, machine.Host.Life, machine.Host.Name + " presence").Begin(Report);
        foreach (var directory in machine.Directories.Values.Where(d => d.Collected is null)) machine.Changed(directory.Id);
    }

    public ICaptureEngine Engine { get; }

    public ICaptureFiles Files { get; }

    public IProcessors Processors { get; }

    public IFilterCompiler Filters { get; }

    private async Task Report()
    {
        var host = _machine.Host;
        var grains = new SimGrains(_simulation, host, host.Name);
        while (true)
        {
            try
            {
                await grains.Probe(host.Probe).Report(new ProbeReport(host.Name, "1.0", 1L << 40, [.. _machine.Sources], host.Clock.GetUtcNow(), "1.0", Load: 0.5, Captures: [.. _machine.Directories.Keys]));
            }
            catch (Exception e)
            {
                _simulation.Kernel.Trace.Say(host.Name, $"cannot report: {e.Message}");
            }

            await _simulation.Kernel.Delay(s_reportEvery, host.Life);
        }
    }
}
