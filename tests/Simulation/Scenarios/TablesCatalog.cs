// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Simulation.Storing;

namespace Tci.Simulation.Scenarios;

/// <summary>Reads the simulated tables as people do. One page holds everything.</summary>
internal sealed class TablesCatalog(Tables tables) : ICatalog
{
    public Task<Page<JobView>> Jobs(JobQuery query)
    {
        var jobs = tables.Jobs.Values.Select(r => r.View).Where(j => j.Deleted is null && (query.State is null || j.State == query.State) && Passes(query.Filter, j));
        return Task.FromResult(new Page<JobView>([.. jobs.OrderByDescending(j => j.Created).Take(query.Limit)], null));
    }

    public Task<JobView?> Job(JobId id) => Task.FromResult(tables.Jobs.GetValueOrDefault(id)?.View);

    public Task<IReadOnlyList<JobEvent>> Events(JobId job, int after) =>
        Task.FromResult<IReadOnlyList<JobEvent>>([.. tables.Events.GetValueOrDefault(job)?.Values.Where(e => e.Sequence > after) ?? []]);

    public Task<DataSet?> DataSet(JobId job) => Task.FromResult(tables.DataSets.GetValueOrDefault(job));

    public Task<IReadOnlyList<PointView>> Points() => Task.FromResult<IReadOnlyList<PointView>>([.. tables.Points.Values]);

    public Task<IReadOnlyList<ProbeView>> Probes() => Task.FromResult<IReadOnlyList<ProbeView>>([.. tables.Probes.Values]);

    /// <summary>As far as scenarios select: by owner and labels.</summary>
    private static bool Passes(JobFilter filter, JobView job) => (filter.Owner is null || job.Owner == filter.Owner)
        && filter.Labels.All(l => job.Spec.Labels.TryGetValue(l.Key, out var value) && (l.Value is null || l.Value == value));
}
