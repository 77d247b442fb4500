// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.DependencyInjection;
using Tci.Grains.Captures;
using Tci.Grains.Jobs;
using Tci.Grains.Points;
using Tci.Grains.Probes;
using Tci.Grains.Runs;
using Tci.Grains.Schedules;

namespace Tci.Simulation.Hosts;

/// <summary>A class of entities: where they live and how one is made.</summary>
/// <param name="OnProbe">Lives on the probe that its key names, and nowhere else.</param>
/// <param name="NewEntity">Null for grains that remember nothing.</param>
internal sealed record EntityKind(
    string Name, bool OnProbe, Func<Simulation, Activation, SimEntity?> NewEntity, Func<Simulation, IServiceProvider, SimEntity?, object> Make)
{
    public static readonly EntityKind Job = Of<JobRecord, Job>("job", false);
    public static readonly EntityKind Schedule = Of<ScheduleRecord, Schedule>("schedule", false);
    public static readonly EntityKind Point = Of<PointRecord, Point>("point", false);
    public static readonly EntityKind Probe = Of<ProbeRecord, Grains.Probes.Probe>("probe", false);
    public static readonly EntityKind Capture = Of<CaptureRecord, Capture>("capture", true);
    public static readonly EntityKind Run = Of<RunRecord, Run>("run", true);

    public static readonly EntityKind FilterCheck = new(
        "filter-check", true, (_, _) => null, (_, services, _) => ActivatorUtilities.CreateInstance<FilterCheck>(services));

    private static EntityKind Of<TState, TGrain>(string name, bool onProbe) where TState : class, new() where TGrain : class => new(
        name,
        onProbe,
        (simulation, activation) => new SimEntity<TState>(simulation, activation),
        (simulation, services, entity) => simulation.Mutation.Grain(
            ActivatorUtilities.CreateInstance<TGrain>(services, simulation.Mutation.Entity(simulation, (SimEntity<TState>)entity!)), (SimEntity<TState>)entity!));
}
