// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>What schedule grains write to the store, and what is read of it.</summary>
public interface IScheduleCatalog
{
    /// <summary>Writes the schedule's row where the stored version is older. Durable when it returns.</summary>
    Task Record(ScheduleView schedule) => Record(schedule, null);

    /// <summary>The same, with a start that was refused: in the audit once, however often it is recorded.</summary>
    Task Record(ScheduleView schedule, ScheduleRefusal? refusal);

    /// <summary>Active schedules whose next start has passed, the longest overdue first.</summary>
    Task<IReadOnlyList<ScheduleId>> Due(DateTimeOffset now, int countMax);

    /// <summary>All that have not ended, then the ended ones, newest first, at most 1000.</summary>
    Task<IReadOnlyList<ScheduleView>> Schedules() => Schedules(JobVisibility.All);

    /// <summary>Those that one may see.</summary>
    Task<IReadOnlyList<ScheduleView>> Schedules(JobVisibility visible);
}

/// <param name="Version">Of the schedule, as it became with the refusal.</param>
public sealed record ScheduleRefusal(int Version, AuditEntry Audit);
