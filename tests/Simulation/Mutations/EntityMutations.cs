// SPDX-License-Identifier: BSD-3-Clause
using Tci.Grains;
using Tci.Grains.Jobs;
using Tci.Grains.Schedules;
using Tci.Simulation.Hosts;

namespace Tci.Simulation.Mutations;

/// <summary>An entity that passes everything on.</summary>
internal class Passing<TState>(IEntity<TState> inner) : IEntity<TState> where TState : class, new()
{
    public string Key => inner.Key;

    public TState State => inner.State;

    protected IEntity<TState> Inner => inner;

    public virtual Task Save() => inner.Save();

    public virtual void WakeAt(DateTimeOffset? instant) => inner.WakeAt(instant);
}

/// <summary>Captures and runs ask to be woken, and nobody remembers. Jobs are told apart: the catalog wakes those.</summary>
internal sealed class WakeUpsAreLost : Mutation
{
    public override IEntity<TState> Entity<TState>(Simulation simulation, SimEntity<TState> entity) => new Deaf<TState>(entity);

    private sealed class Deaf<TState>(IEntity<TState> inner) : Passing<TState>(inner) where TState : class, new()
    {
        public override void WakeAt(DateTimeOffset? instant)
        {
        }
    }
}

/// <summary>A job's state is saved after the calls that follow: at the next save, one step too late.</summary>
internal sealed class JobSavesAfterTheCall : Mutation
{
    public override IEntity<TState> Entity<TState>(Simulation simulation, SimEntity<TState> entity) =>
        typeof(TState) == typeof(JobRecord) ? new Late<TState>(entity) : entity;

    private sealed class Late<TState>(IEntity<TState> inner) : Passing<TState>(inner) where TState : class, new()
    {
        private bool _due;

        public override Task Save()
        {
            _due = !_due;
            return _due ? Task.CompletedTask : Inner.Save();
        }
    }
}

/// <summary>A schedule saves everything but that it is about to have a job made.</summary>
internal sealed class StartsAreForgotten : Mutation
{
    public override IEntity<TState> Entity<TState>(Simulation simulation, SimEntity<TState> entity) =>
        entity.State is ScheduleRecord ? new Forgetful<TState>(entity) : entity;

    private sealed class Forgetful<TState>(IEntity<TState> inner) : Passing<TState>(inner) where TState : class, new()
    {
        public override async Task Save()
        {
            var record = (ScheduleRecord)(object)State;
            var starting = record.Starting;
            record.Starting = null;
            try
            {
                await Inner.Save();
            }
            finally
            {
                record.Starting = starting;
            }
        }
    }
}

/// <summary>A save that failed is taken for one that succeeded; the activation stays, ahead of the store.</summary>
internal sealed class FailedSavesGoUnnoticed : Mutation
{
    public override IEntity<TState> Entity<TState>(Simulation simulation, SimEntity<TState> entity)
    {
        entity.IsBlind = true;
        return entity;
    }
}
