// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Schedules;

/// <summary>When a schedule is due. Depends on its specification alone.</summary>
internal static class ScheduleTimes
{
    /// <summary>The first start after an instant, or null where there is none any more.</summary>
    public static DateTimeOffset? After(ScheduleSpec spec, DateTimeOffset created, DateTimeOffset after)
    {
        var from = spec.From ?? created;
        var next = spec.Every is { } every ? AfterEvery(from, every, after) : AfterCron(spec, after < from ? from.AddTicks(-1) : after);
        return next is { } at && at <= (spec.Until ?? DateTimeOffset.MaxValue) ? at : null;
    }

    /// <summary>How many starts lie after one instant and not after another, and the last of them; counted up to a bound.</summary>
    public static (int Count, DateTimeOffset? Last) Between(ScheduleSpec spec, DateTimeOffset created, DateTimeOffset after, DateTimeOffset until, int countMax)
    {
        var count = 0;
        DateTimeOffset? last = null;
        for (var at = After(spec, created, after); at is { } start && start <= until && count < countMax; at = After(spec, created, start))
        {
            count++;
            last = start;
        }

        return (count, last);
    }

    private static DateTimeOffset AfterEvery(DateTimeOffset from, TimeSpan every, DateTimeOffset after) =>
        after < from ? from : from + (every * (((after - from).Ticks / every.Ticks) + 1));

    private static DateTimeOffset? AfterCron(ScheduleSpec spec, DateTimeOffset after)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(spec.TimeZone);
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after, zone).DateTime);
        foreach (var local in Cron.Parse(spec.Cron!).Value!.From(day))
        {
            // When clocks go forward the skipped times do not exist; when they go back a time exists twice and the first counts.
            if (zone.IsInvalidTime(local)) continue;
            var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
            var at = new DateTimeOffset(local, offset).ToUniversalTime();
            if (at > after) return at;
        }

        return null;
    }
}
