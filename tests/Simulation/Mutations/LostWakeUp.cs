// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Grains;
using Tci.Simulation.Hosts;

namespace Tci.Simulation.Mutations;

/// <summary>A job asks to be woken, and neither its host nor the catalog remembers.</summary>
internal sealed class LostWakeUp : Mutation
{
    public override IEntity<TState> Entity<TState>(Simulation simulation, SimEntity<TState> entity) => new Deaf<TState>(entity);

    public override IJobCatalog JobCatalog(IJobCatalog catalog) => new NeverDue(catalog);

    private sealed class Deaf<TState>(IEntity<TState> inner) : IEntity<TState> where TState : class, new()
    {
        public string Key => inner.Key;

        public TState State => inner.State;

        public Task Save() => inner.Save();

        public void WakeAt(DateTimeOffset? instant)
        {
        }
    }

    private sealed class NeverDue(IJobCatalog inner) : IJobCatalog
    {
        public Task<JobSeed> Create(JobSeed seed, Caller by) => inner.Create(seed, by);

        public Task<JobSeed?> Find(JobId job) => inner.Find(job);

        public Task Record(JobView job, DateTimeOffset? wakeAt, IReadOnlyList<JobEvent> events, DataSet? dataSet) => inner.Record(job, null, events, dataSet);

        public Task<IReadOnlyList<JobId>> Due(DateTimeOffset now, int countMax) => inner.Due(now, countMax);
    }
}
