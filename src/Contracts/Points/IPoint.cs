// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>A capture point: what it takes traffic from, and who may use it now. Captures that find it full wait in its queue.</summary>
public interface IPoint : IPokable
{
    /// <summary>Makes the point or changes it.</summary>
    Task<Answer<PointView>> Define(DefinePoint request);

    Task<Answer<PointView>> Get(GetPoint request);

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

/// <param name="Until">When the place is given up unless it is renewed.</param>
public sealed record ReservePoint(CaptureId Capture, DateTimeOffset Until);

public sealed record ReleasePoint(CaptureId Capture);

/// <summary>The answer to a request for room.</summary>
/// <param name="Position">Place in the queue from 1, 0 when granted.</param>
/// <param name="Reason">Why it is not granted, in words.</param>
public sealed record Reservation(bool Granted, string Source, int Position, string? Reason);
