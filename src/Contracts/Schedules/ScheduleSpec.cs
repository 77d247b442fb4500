// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>A job that repeats. Exactly one of Every and Cron is given.</summary>
public sealed record ScheduleSpec
{
    /// <summary>1 to 200 characters; the jobs carry it with their number.</summary>
    public required string Name { get; init; }

    /// <summary>What is made each time. Without a start time of its own.</summary>
    public required JobSpec Job { get; init; }

    /// <summary>From start to start, one minute to 366 days, counted from From.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>Five fields: minute, hour, day of month, month, day of week (crontab(5)).</summary>
    public string? Cron { get; init; }

    /// <summary>The time zone Cron is read in, an IANA name. A time that does not exist on the day the clocks go forward is left out; one that exists twice is taken once.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>No start before; null is when the schedule was made.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>No start after.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Ends after so many jobs.</summary>
    public int? CountMax { get; init; }

    /// <summary>Makes the latest missed job up when TCI was down at its time; otherwise missed starts are only reported.</summary>
    public bool CatchUp { get; init; }
}
