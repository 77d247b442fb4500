// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>What the API reads: lists and history come from the store, never from grains.</summary>
public interface ICatalog
{
    /// <summary>Newest first, deleted ones left out.</summary>
    Task<Page<JobView>> Jobs(JobQuery query);

    Task<JobView?> Job(JobId id);

    /// <summary>Events after a sequence, oldest first, at most 1000.</summary>
    Task<IReadOnlyList<JobEvent>> Events(JobId job, int after);

    Task<DataSet?> DataSet(JobId job);

    Task<IReadOnlyList<PointView>> Points();

    Task<IReadOnlyList<ProbeView>> Probes();
}

/// <param name="Limit">1 to 500.</param>
/// <param name="Cursor">From the page before; null for the first.</param>
/// <param name="State">Only jobs in this state.</param>
public sealed record JobQuery(int Limit, string? Cursor, JobState? State)
{
    /// <summary>What else selects.</summary>
    public JobFilter Filter { get; init; } = JobFilter.None;
}

/// <param name="Next">Cursor of the next page, null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
