// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Logging;
using Tci.Contracts;
using Tci.Grains.Jobs;

namespace Tci.Silo.Grains;

public interface IJobGrain : IJob, IGrainWithStringKey;

/// <summary>The Orleans binding of <see cref="Job"/>.</summary>
[GrainType("job")]
public sealed class JobGrain(IGrainContext context, [PersistentState("job")] IPersistentState<Stored<JobRecord>> state, IGrains grains, IJobCatalog catalog, TimeProvider clock, JobOptions options, ILogger<Job> log)
    : Job(new OrleansEntity<JobRecord>(context, state), grains, catalog, clock, options, log), IJobGrain, IBinding
{
    public IGrainContext GrainContext => context;
}
