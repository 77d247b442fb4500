// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.DependencyInjection;
using Tci.Contracts;
using Tci.Grains;
using Tci.Grains.Captures;
using Tci.Grains.Jobs;
using Tci.Grains.Points;
using Tci.Grains.Probes;
using Tci.Grains.Runs;
using Tci.Grains.Schedules;

namespace Tci.Standalone.Turns;

/// <summary>A class of entities: its name in the store, and how one is made.</summary>
/// <param name="Make">Makes the grain; the entity has loaded its state by then.</param>
/// <param name="NewEntity">Makes the entity for a key, or null for grains that remember nothing.</param>
internal sealed record EntityKind(string Name, Func<IServiceProvider, StandaloneEntity?, object> Make, Func<EntityServices, string, StandaloneEntity?> NewEntity)
{
    public static readonly EntityKind Job = Of<JobRecord, Job>("job");
    public static readonly EntityKind Point = Of<PointRecord, Point>("point");
    public static readonly EntityKind Probe = Of<ProbeRecord, Grains.Probes.Probe>("probe");
    public static readonly EntityKind Capture = Of<CaptureRecord, Capture>("capture");
    public static readonly EntityKind Run = Of<RunRecord, Run>("run");
    public static readonly EntityKind Schedule = Of<ScheduleRecord, Schedule>("schedule");
    public static readonly EntityKind FilterCheck = new("filter-check", (services, _) => ActivatorUtilities.CreateInstance<FilterCheck>(services), (_, _) => null);

    private static EntityKind Of<TState, TGrain>(string name) where TState : class, new() where TGrain : class, IPokable => new(
        name,
        (services, entity) => ActivatorUtilities.CreateInstance<TGrain>(services, (IEntity<TState>)entity!),
        (services, key) => new StandaloneEntity<TState>(services, name, key));
}
