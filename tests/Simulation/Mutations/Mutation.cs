// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Grains;
using Tci.Simulation.Hosts;
using Tci.Simulation.Probes;

namespace Tci.Simulation.Mutations;

/// <summary>A mistake planted on purpose, where code meets what it lives in. This one plants none.</summary>
internal class Mutation
{
    public virtual IEntity<TState> Entity<TState>(Simulation simulation, SimEntity<TState> entity) where TState : class, new() => entity;

    public virtual object Grain<TState>(object grain, SimEntity<TState> entity) where TState : class, new() => grain;

    public virtual ICaptureEngine Engine(SimCaptureEngine engine, ProbeMachine machine) => engine;

    public virtual ICaptureFiles Files(SimCaptureFiles files, ProbeMachine machine) => files;

    public virtual IProcessors Processors(SimProcessors processors, ProbeMachine machine) => processors;

    public virtual IJobCatalog JobCatalog(IJobCatalog catalog) => catalog;

    public virtual IWakeTimes WakeTimes(IWakeTimes wakes) => wakes;

    public virtual IPlaceCatalog PlaceCatalog(IPlaceCatalog catalog) => catalog;
}
