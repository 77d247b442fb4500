// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Grains.Schedules;

namespace Tci.Silo.Grains;

public interface IScheduleGrain : ISchedule, IGrainWithStringKey;

/// <summary>The Orleans binding of <see cref="Schedule"/>.</summary>
[GrainType("schedule")]
public sealed class ScheduleGrain(IGrainContext context, [PersistentState("schedule")] IPersistentState<Stored<ScheduleRecord>> state, IGrains grains, IScheduleCatalog catalog, ICreationRights rights, TimeProvider clock)
    : Schedule(new OrleansEntity<ScheduleRecord>(context, state), grains, catalog, rights, clock), IScheduleGrain, IBinding
{
    public IGrainContext GrainContext => context;
}
