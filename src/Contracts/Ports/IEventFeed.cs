// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>The events of all jobs in the one order the store gave them.</summary>
public interface IEventFeed
{
    /// <summary>Those after a number, in order, at most countMax. One is seen only when every one with a lower number can be seen too.</summary>
    Task<IReadOnlyList<NumberedEvent>> After(long number, int countMax);

    /// <summary>Those of jobs that one may see.</summary>
    Task<IReadOnlyList<NumberedEvent>> After(long number, int countMax, JobVisibility visible);

    /// <summary>The number of the newest, 0 where there is none.</summary>
    Task<long> Last();
}

/// <param name="Number">Grows with every event of any job; gaps mean nothing.</param>
/// <param name="Owner">Of the job.</param>
/// <param name="Points">Of the job.</param>
public sealed record NumberedEvent(long Number, JobEvent Event, string Owner, IReadOnlyList<PointId> Points);
