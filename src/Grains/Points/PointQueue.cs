// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Points;

/// <summary>What a request changed in a point's record.</summary>
internal enum PointChange
{
    None,

    /// <summary>Who waits, or for how long: jobs ask again, so what a crash takes of it comes back by itself.</summary>
    Waits,

    /// <summary>Who has a place.</summary>
    Places,
}

/// <summary>Who gets the next place on a point. Decides on the record alone.</summary>
internal static class PointQueue
{
    /// <summary>Waiting captures on one point; more are refused.</summary>
    public const int QueueMax = 20_000;

    /// <summary>A renewal that moves the end by less is not worth a write.</summary>
    private static readonly TimeSpan s_renewalMin = TimeSpan.FromSeconds(20);

    /// <summary>Drops places whose time is over, and begins a new day; true where that changed anything.</summary>
    public static bool Expire(PointRecord point, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var newDay = point.Day != today && point.DayBytes > 0;
        if (point.Day != today) (point.Day, point.DayBytes) = (today, 0);
        return point.Holders.RemoveAll(p => p.Until <= now) + point.Queue.RemoveAll(p => p.Until <= now) > 0 || newDay;
    }

    /// <summary>Grants, queues or renews.</summary>
    public static (Answer<Reservation> Answer, PointChange Change) Reserve(PointRecord point, ReservePoint request)
    {
        var place = new Place(request.Capture, request.Until, request.Priority, request.Bytes);
        var asksAnew = DropChanged(point, place) ? PointChange.Places : PointChange.None;
        if (Renew(point.Holders, place) is { } renewed) return (Held(point, request.Capture), renewed ? PointChange.Places : PointChange.None);
        if (PointAdmission.Never(point.Limits, request.Bytes) is { } never) return (never, asksAnew);
        var position = point.Queue.FindIndex(p => p.Capture == request.Capture);
        if (position < 0 && point.Queue.Count >= QueueMax)
            return (new Problem(ProblemCodes.Overloaded, $"More than {QueueMax} captures wait for this point."), asksAnew);
        var waits = Renew(point.Queue, place) == false ? PointChange.None : PointChange.Waits;
        if (position < 0) position = Enqueue(point.Queue, place);
        if (PointAdmission.Obstacle(point, place, position) is { } reason)
            return (new Reservation(false, point.Source, position + 1, reason), Evict(point, place) ? PointChange.Places : asksAnew > waits ? asksAnew : waits);
        point.Queue.RemoveAt(position);
        point.Holders.Add(place);
        return (new Reservation(true, point.Source, 0, null), PointChange.Places);
    }

    /// <summary>Gives a place or a wait up; true where there was one.</summary>
    public static bool Release(PointRecord point, CaptureId capture) =>
        point.Holders.RemoveAll(p => p.Capture == capture) + point.Queue.RemoveAll(p => p.Capture == capture) > 0;

    /// <summary>Those whose jobs should look again: who can be admitted now, and who must go.</summary>
    public static IEnumerable<CaptureId> Next(PointRecord point) => point.Queue
        .Take(Math.Max(0, point.Limits.CapturesMax - point.Holders.Count))
        .Where((place, i) => PointAdmission.Obstacle(point, place, i) is null)
        .Concat(point.Holders.Where(p => p.Evicted))
        .Select(p => p.Capture);

    /// <summary>A capture whose job was changed and now asks for something else has no claim to what it asked for before.</summary>
    private static bool DropChanged(PointRecord point, Place place)
    {
        bool IsOther(Place p) => p.Capture == place.Capture && (p.Priority != place.Priority || p.Bytes != place.Bytes);
        return point.Holders.RemoveAll(IsOther) + point.Queue.RemoveAll(IsOther) > 0;
    }

    private static Reservation Held(PointRecord point, CaptureId capture) => point.Holders.First(p => p.Capture == capture).Evicted
        ? new Reservation(false, point.Source, 0, "A critical job takes this place.", Evicted: true)
        : new Reservation(true, point.Source, 0, null);

    /// <summary>Behind everyone of the same or a higher priority.</summary>
    private static int Enqueue(List<Place> queue, Place place)
    {
        var i = queue.FindLastIndex(p => p.Priority >= place.Priority) + 1;
        queue.Insert(i, place);
        return i;
    }

    /// <summary>Marks the low holder that came last, unless enough are marked for the critical ones that wait.</summary>
    private static bool Evict(PointRecord point, Place place)
    {
        if (place.Priority != JobPriority.Critical || !point.Limits.AllowsPreemption || !point.Present || point.Removed) return false;
        if (point.Holders.Count(p => p.Evicted) >= point.Queue.Count(p => p.Priority == JobPriority.Critical)) return false;
        var victim = point.Holders.FindLastIndex(p => p.Priority == JobPriority.Low && !p.Evicted);
        if (victim < 0) return false;
        point.Holders[victim] = point.Holders[victim] with { Evicted = true };
        return true;
    }

    /// <summary>Null where the capture is not in the list, else whether its end moved far enough to save.</summary>
    private static bool? Renew(List<Place> places, Place place)
    {
        var i = places.FindIndex(p => p.Capture == place.Capture);
        if (i < 0) return null;
        // Never shortened: a request that was late on its way must not take back what a later one was given.
        if (place.Until <= places[i].Until) return false;
        var moved = place.Until - places[i].Until >= s_renewalMin;
        places[i] = places[i] with { Until = place.Until };
        return moved;
    }
}
