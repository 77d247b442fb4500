// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>A capture point: what it takes traffic from, and who may use it now. Captures that find it full wait in its queue.</summary>
public interface IPoint : IPokable
{
    /// <summary>Makes the point or changes it.</summary>
    Task<Answer<PointView>> Define(DefinePoint request);

    Task<Answer<PointView>> Get(GetPoint request);

    /// <summary>Sets what the point admits.</summary>
    Task<Answer<PointView>> Limit(LimitPoint request);

    /// <summary>Takes the point away: nothing new is admitted, captures that run go on to their end. A found interface may come back with its probe's next report.</summary>
    Task<Answer<PointView>> Remove(RemovePoint request);

    /// <summary>Begins maintenance, or ends it: meanwhile nothing new is admitted, and captures that run go on to their end.</summary>
    Task<Answer<PointView>> Maintain(MaintainPoint request);

    /// <summary>
    /// Asks for room for one capture. Repeating it renews the place: the same capture never holds two. Not granted means queued, with reason and position.
    /// </summary>
    Task<Answer<Reservation>> Reserve(ReservePoint request);

    /// <summary>Gives room or a place in the queue back; harmless where there is none.</summary>
    Task<Answer<Nothing>> Release(ReleasePoint request);
}

/// <param name="Source">What the engine opens: <c>afpacket:eth0</c>, <c>pcap:/data/x.pcap</c>.</param>
/// <param name="Present">Whether the probe has that source now; an absent point grants nothing.</param>
public sealed record DefinePoint(string Source, PointOrigin Origin, bool Present, string? Detail, Caller By);

public sealed record GetPoint;

/// <param name="IfVersion">The order counts only while the point has this version; null always. The same in every order.</param>
public sealed record LimitPoint(PointLimits Limits, Caller By, int? IfVersion = null);

public sealed record RemovePoint(Caller By, int? IfVersion = null);

/// <param name="Reason">1 to 200 characters, shown to those who wait; null ends the maintenance.</param>
public sealed record MaintainPoint(string? Reason, Caller By, int? IfVersion = null);

/// <param name="Until">When the place is given up unless it is renewed.</param>
/// <param name="Bytes">The most the capture may store; null where only its other limits bound it.</param>
public sealed record ReservePoint(CaptureId Capture, DateTimeOffset Until, JobPriority Priority = JobPriority.Normal, long? Bytes = null);

/// <param name="StoredBytes">What the capture stored, for the point's bytes per day.</param>
public sealed record ReleasePoint(CaptureId Capture, long StoredBytes = 0);

/// <summary>The answer to a request for room.</summary>
/// <param name="Position">Place in the queue from 1, 0 when granted.</param>
/// <param name="Reason">Why it is not granted, in words.</param>
/// <param name="Evicted">It had a place and lost it to a critical job; it is in the queue again.</param>
public sealed record Reservation(bool Granted, string Source, int Position, string? Reason, bool Evicted = false);

/// <summary>What a point admits.</summary>
public sealed record PointLimits
{
    /// <summary>Captures at once, 1 to 64.</summary>
    public int CapturesMax { get; init; } = 4;

    /// <summary>Sum of the byte limits of the captures that hold a place; captures without one are then refused.</summary>
    public long? ReservedBytesMax { get; init; }

    /// <summary>Stored bytes in one day, UTC.</summary>
    public long? DayBytesMax { get; init; }

    /// <summary>Whether a critical job may take the place of a low one.</summary>
    public bool AllowsPreemption { get; init; }
}
