// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Grains.Jobs;

namespace Tci.Grains.Schedules;

/// <summary>What a schedule must be.</summary>
internal static class ScheduleRules
{
    public static readonly TimeSpan EveryMin = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan EveryMax = TimeSpan.FromDays(366);
    private const int CronLengthMax = 200;
    private const int NameLengthMax = 150;

    /// <summary>The first thing wrong, or null.</summary>
    public static Problem? Check(ScheduleSpec spec, DateTimeOffset now)
    {
        if (spec.Name.Length is 0 or > NameLengthMax || spec.Name.Any(char.IsControl))
            return new(ProblemCodes.NameInvalid, $"A schedule's name has 1 to {NameLengthMax} characters and no control characters.", Field: "name");
        if (spec.Job.StartAt is not null) return Bad("The job of a schedule has no start time of its own.", "job.startAt");
        if (JobSpecRules.Check(spec.Job, now) is { } problem) return problem with { Field = "job." + problem.Field };
        if (spec.CountMax is < 1) return Bad("A schedule ends after at least one job.", "countMax");
        return CheckTimes(spec) ?? CheckFires(spec, now);
    }

    private static Problem? CheckTimes(ScheduleSpec spec)
    {
        if (spec.Every is null == spec.Cron is null) return Bad("A schedule has either every or cron.", "every");
        if (spec.Every is { } every && (every < EveryMin || every > EveryMax)) return Bad("A schedule repeats every minute at most and every 366 days at least.", "every");
        if (spec.Cron is { Length: > CronLengthMax }) return Bad($"A cron expression has at most {CronLengthMax} characters.", "cron");
        if (spec.Cron is { } cron && Cron.Parse(cron).Problem is { } problem) return problem;
        return TimeZoneInfo.TryFindSystemTimeZoneById(spec.TimeZone, out _) ? null : Bad($"There is no time zone '{spec.TimeZone}'; take an IANA name such as Europe/Prague.", "timeZone");
    }

    private static Problem? CheckFires(ScheduleSpec spec, DateTimeOffset now)
    {
        if (spec.Until <= now) return Bad("The schedule would have ended already.", "until");
        return ScheduleTimes.After(spec, now, now) is null ? Bad("The schedule would never start a job.", spec.Cron is null ? "until" : "cron") : null;
    }

    private static Problem Bad(string message, string field) => new(ProblemCodes.InvalidSchedule, message, Field: field);
}
