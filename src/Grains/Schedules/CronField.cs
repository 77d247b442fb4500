// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Schedules;

/// <summary>One field of a cron expression as a set of numbers: <c>*</c>, <c>5</c>, <c>1-5</c>, <c>*/15</c>, <c>10-40/10</c>, lists of these, and names (crontab(5)).</summary>
internal static class CronField
{
    /// <summary>Reads a field; Any says that it starts with a star, which matters for the two day fields.</summary>
    public static Answer<(bool[] Set, bool Any)> Parse(string text, int min, int max, string[]? names, int position)
    {
        var set = new bool[max + 1];
        var at = position;
        foreach (var part in text.Split(','))
        {
            if (!TryPart(part, min, max, names, set))
                return new Problem(ProblemCodes.InvalidSchedule, $"'{part}' is no cron field of numbers from {min} to {max}.", at, "cron");
            at += part.Length + 1;
        }

        return (set, text[0] == '*');
    }

    private static bool TryPart(string part, int min, int max, string[]? names, bool[] set)
    {
        var pieces = part.Split('/');
        var step = 1;
        if (pieces.Length > 2 || (pieces.Length == 2 && (!int.TryParse(pieces[1], out step) || step < 1))) return false;
        if (!TryRange(pieces[0], pieces.Length == 2, min, max, names, out var from, out var to)) return false;
        for (var i = from; i <= to; i += step) set[i] = true;
        return true;
    }

    private static bool TryRange(string text, bool hasStep, int min, int max, string[]? names, out int from, out int to)
    {
        (from, to) = (min, max);
        if (text == "*") return true;
        var ends = text.Split('-');
        if (ends.Length > 2 || !TryNumber(ends[0], names, min, out from)) return false;
        to = hasStep ? max : from;
        return (ends.Length == 1 || TryNumber(ends[1], names, min, out to)) && from >= min && to <= max && from <= to;
    }

    private static bool TryNumber(string text, string[]? names, int min, out int number)
    {
        var i = names is null ? -1 : Array.FindIndex(names, n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
        number = i + min;
        return i >= 0 || (text.Length is > 0 and <= 2 && text.All(char.IsAsciiDigit) && int.TryParse(text, out number));
    }
}
