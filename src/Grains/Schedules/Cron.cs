// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Schedules;

/// <summary>
/// A cron expression of five fields: minute, hour, day of month, month, day of week (0 and 7 are Sunday). As in crontab(5), where both day fields are
/// restricted a day that matches either counts.
/// </summary>
internal sealed class Cron
{
    /// <summary>The Gregorian calendar repeats after 400 years, but a day that occurs at all occurs within 8, or 40 with its weekday.</summary>
    private const int DaysAheadMax = 366 * 40;

    private static readonly string[] s_months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] s_days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    private static readonly (int Min, int Max, string[]? Names)[] s_fields = [(0, 59, null), (0, 23, null), (1, 31, null), (1, 12, s_months), (0, 7, s_days)];

    private readonly bool[][] _sets = new bool[5][];
    private readonly bool[] _any = new bool[5];

    private Cron()
    {
    }

    /// <summary>Reads an expression; a problem carries the place of the bad field.</summary>
    public static Answer<Cron> Parse(string text)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
            return new Problem(ProblemCodes.InvalidSchedule, $"A cron expression has five fields (minute hour day month weekday); this one has {fields.Length}.", 0, "cron");
        var cron = new Cron();
        var position = 0;
        for (var i = 0; i < 5; i++)
        {
            position = text.IndexOf(fields[i], position, StringComparison.Ordinal);
            var parsed = CronField.Parse(fields[i], s_fields[i].Min, s_fields[i].Max, s_fields[i].Names, position);
            if (parsed.Problem is { } problem) return problem;
            (cron._sets[i], cron._any[i]) = parsed.Value;
            position += fields[i].Length;
        }

        cron._sets[4][0] |= cron._sets[4][7];
        return cron;
    }

    /// <summary>Every matching time of a day, in order; none where the day does not match.</summary>
    public IEnumerable<TimeOnly> On(DateOnly day)
    {
        if (!Matches(day)) yield break;
        for (var hour = 0; hour < 24; hour++)
        {
            for (var minute = 0; _sets[1][hour] && minute < 60; minute++)
            {
                if (_sets[0][minute]) yield return new TimeOnly(hour, minute);
            }
        }
    }

    /// <summary>Local times from a day on, in order, as far as one may reasonably look.</summary>
    public IEnumerable<DateTime> From(DateOnly day)
    {
        for (var i = 0; i < DaysAheadMax && day < DateOnly.MaxValue; i++, day = day.AddDays(1))
        {
            foreach (var time in On(day)) yield return day.ToDateTime(time);
        }
    }

    private bool Matches(DateOnly day)
    {
        if (!_sets[3][day.Month]) return false;
        var (ofMonth, ofWeek) = (_sets[2][day.Day], _sets[4][(int)day.DayOfWeek]);
        return _any[2] || _any[4] ? ofMonth && ofWeek : ofMonth || ofWeek;
    }
}
