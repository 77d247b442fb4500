// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Points;

/// <summary>What keeps a capture from a place on a point. Decides on the record alone.</summary>
internal static class PointAdmission
{
    /// <summary>Why a point with these limits never admits a capture that may store so much; null where it may.</summary>
    public static Problem? Never(PointLimits limits, long? bytes)
    {
        if (limits.ReservedBytesMax is { } most && bytes is null)
            return new(ProblemCodes.LimitMissing, $"This point admits only jobs with a limit of bytes, at most {most}.", Field: "limits.bytes");
        if (bytes > limits.ReservedBytesMax) return new(ProblemCodes.LimitInvalid, $"This point admits at most {limits.ReservedBytesMax} bytes at once.", Field: "limits.bytes");
        return bytes > limits.DayBytesMax ? new(ProblemCodes.LimitInvalid, $"This point stores at most {limits.DayBytesMax} bytes a day.", Field: "limits.bytes") : null;
    }

    /// <summary>Null where it can have a place now; otherwise the reason, in words.</summary>
    /// <param name="position">In the queue, from 0.</param>
    public static string? Obstacle(PointRecord point, Place place, int position)
    {
        var where = $"position {position + 1} in the point's queue";
        var limits = point.Limits;
        if (point.Removed) return $"The point was removed; {where}.";
        if (point.Maintenance is { } maintenance) return $"The point is in maintenance since {maintenance.Since.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'} ({maintenance.Reason}); {where}.";
        if (!point.Present) return $"The probe does not have {point.Source} now; {where}.";
        if (limits.DayBytesMax is { } day && point.DayBytes + point.Holders.Sum(p => p.Bytes ?? 0) + (place.Bytes ?? 0) > day)
            return $"The point has stored {point.DayBytes} of {day} bytes today (UTC); {where}.";
        if (position >= limits.CapturesMax - point.Holders.Count) return $"{Captures(point.Holders.Count)} on the point; {where}.";

        // With bytes to share nobody overtakes: a large capture at the head would otherwise wait for ever.
        if (limits.ReservedBytesMax is { } most && (position > 0 || point.Holders.Sum(p => p.Bytes ?? 0) + (place.Bytes ?? 0) > most))
            return $"Its {place.Bytes} bytes do not fit into the point's {most} beside what is reserved; {where}.";
        return null;
    }

    private static string Captures(int n) => n == 1 ? "1 capture runs" : $"{n} captures run";
}
