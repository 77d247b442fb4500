// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Simulation.Mutations;

/// <summary>A catalog that passes everything on.</summary>
internal class PassingCatalog(IJobCatalog inner) : IJobCatalog
{
    protected IJobCatalog Inner => inner;

    public virtual Task<JobSeed> Create(JobSeed seed, Caller by) => inner.Create(seed, by);

    public Task<JobSeed?> Find(JobId job) => inner.Find(job);

    public virtual Task Record(JobView job, DateTimeOffset? wakeAt, IReadOnlyList<JobEvent> events, DataSet? dataSet) => inner.Record(job, wakeAt, events, dataSet);

    public Task<IReadOnlyList<JobId>> Due(DateTimeOffset now, int countMax) => inner.Due(now, countMax);
}

/// <summary>The catalog forgets when a job wants to be woken: a job whose activation is lost stays where it is.</summary>
internal sealed class CatalogForgetsInstants : Mutation
{
    public override IJobCatalog JobCatalog(IJobCatalog catalog) => new Forgetful(catalog);

    private sealed class Forgetful(IJobCatalog inner) : PassingCatalog(inner)
    {
        public override Task Record(JobView job, DateTimeOffset? wakeAt, IReadOnlyList<JobEvent> events, DataSet? dataSet) => Inner.Record(job, null, events, dataSet);
    }
}

/// <summary>A job is accepted before its row is durable.</summary>
internal sealed class AcceptedBeforeItIsStored : Mutation
{
    public override IJobCatalog JobCatalog(IJobCatalog catalog) => new Hasty(catalog);

    private sealed class Hasty(IJobCatalog inner) : PassingCatalog(inner)
    {
        public override Task<JobSeed> Create(JobSeed seed, Caller by)
        {
            _ = Inner.Create(seed, by);
            return Task.FromResult(seed);
        }
    }
}

/// <summary>A row that could not be written is taken for one that was.</summary>
internal sealed class FailedRowsGoUnnoticed : Mutation
{
    public override IJobCatalog JobCatalog(IJobCatalog catalog) => new Careless(catalog);

    private sealed class Careless(IJobCatalog inner) : PassingCatalog(inner)
    {
        public override async Task Record(JobView job, DateTimeOffset? wakeAt, IReadOnlyList<JobEvent> events, DataSet? dataSet)
        {
            try
            {
                await Inner.Record(job, wakeAt, events, dataSet);
            }
            catch (Exception)
            {
                // This is the mistake.
            }
        }
    }
}

/// <summary>The sweep serves rows alone, and no saved instant.</summary>
internal sealed class SavedInstantsAreNotServed : Mutation
{
    public override IWakeTimes WakeTimes(IWakeTimes wakes) => new Blind();

    private sealed class Blind : IWakeTimes
    {
        public Task<IReadOnlyList<(string Kind, string Key)>> Due(DateTimeOffset now, int countMax) => Task.FromResult<IReadOnlyList<(string, string)>>([]);
    }
}
