// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Points;

/// <summary>Who gets the next place on a point. Decides on the record alone.</summary>
internal static class PointQueue
{
    /// <summary>Waiting captures on one point; more are refused.</summary>
    public const int QueueMax = 20_000;

    /// <summary>A renewal that moves the end by less is not worth a write.</summary>
    private static readonly TimeSpan s_renewalMin = TimeSpan.FromSeconds(20);

    /// <summary>Drops places whose time is over; true where there were any.</summary>
    public static bool Expire(PointRecord point, DateTimeOffset now) =>
        point.Holders.RemoveAll(p => p.Until <= now) + point.Queue.RemoveAll(p => p.Until <= now) > 0;

    /// <summary>Grants, queues or renews; Changed says whether the record must be saved.</summary>
    public static (Answer<Reservation> Answer, bool Changed) Reserve(PointRecord point, ReservePoint request)
    {
        var place = new Place(request.Capture, request.Until);
        if (Renew(point.Holders, place) is { } renewed) return (Granted(point), renewed);
        var position = point.Queue.FindIndex(p => p.Capture == request.Capture);
        var ahead = position < 0 ? point.Queue.Count : position;
        if (point.Present && ahead < point.CapturesMax - point.Holders.Count)
        {
            point.Queue.RemoveAll(p => p.Capture == request.Capture);
            point.Holders.Add(place);
            return (Granted(point), true);
        }

        if (position < 0 && point.Queue.Count >= QueueMax)
            return (new Problem(ProblemCodes.Overloaded, $"More than {QueueMax} captures wait for this point."), false);
        var changed = Renew(point.Queue, place) ?? true;
        if (position < 0) point.Queue.Add(place);
        return (new Reservation(false, point.Source, ahead + 1, Reason(point, ahead + 1)), changed);
    }

    /// <summary>Gives a place or a wait up; true where there was one.</summary>
    public static bool Release(PointRecord point, CaptureId capture) =>
        point.Holders.RemoveAll(p => p.Capture == capture) + point.Queue.RemoveAll(p => p.Capture == capture) > 0;

    /// <summary>Those in the queue for whom there is room now.</summary>
    public static IEnumerable<CaptureId> Next(PointRecord point) =>
        point.Present ? point.Queue.Take(Math.Max(0, point.CapturesMax - point.Holders.Count)).Select(p => p.Capture) : [];

    private static Reservation Granted(PointRecord point) => new(true, point.Source, 0, null);

    private static string Reason(PointRecord point, int position) => point.Present
        ? $"{point.CapturesMax} captures run on the point; position {position} in its queue."
        : $"The probe does not have {point.Source} now; position {position} in the point's queue.";

    /// <summary>Null where the capture is not in the list, else whether its end moved far enough to save.</summary>
    private static bool? Renew(List<Place> places, Place place)
    {
        var i = places.FindIndex(p => p.Capture == place.Capture);
        if (i < 0) return null;
        // Never shortened: a request that was late on its way must not take back what a later one was given.
        if (place.Until <= places[i].Until) return false;
        var moved = place.Until - places[i].Until >= s_renewalMin;
        places[i] = place;
        return moved;
    }
}
