// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>A capture host as the information system knows it: there or away, and with which sources.</summary>
public interface IProbe : IPokable
{
    /// <summary>What the probe says of itself every few seconds. Missing ones make it away.</summary>
    Task<Answer<ProbeView>> Report(ProbeReport request);

    Task<Answer<ProbeView>> Get(GetProbe request);

    /// <summary>Sets disk aside for a capture. Repeating it renews; not granted says why: no room, the probe away, or its clock off by more than a minute.</summary>
    Task<Answer<DiskReservation>> ReserveDisk(ReserveDisk request);

    /// <summary>Gives it back; harmless where there is none.</summary>
    Task<Answer<Nothing>> ReleaseDisk(ReleaseDisk request);
}

public sealed record GetProbe;

/// <param name="Bytes">The most the capture may store; null sets a small fixed amount aside.</param>
public sealed record ReserveDisk(CaptureId Capture, long? Bytes, DateTimeOffset Until);

public sealed record ReleaseDisk(CaptureId Capture);

/// <param name="Reason">Why it is not granted, in words.</param>
public sealed record DiskReservation(bool Granted, string? Reason);

/// <param name="DiskFreeBytes">Free on the file system of the capture directories.</param>
/// <param name="At">The probe's own clock when it wrote the report.</param>
/// <param name="EngineVersion">Of the capture engine, where it answers.</param>
/// <param name="Load">Processes that want to run, averaged over a minute (getloadavg(3)), divided by the number of processors.</param>
/// <param name="Captures">Every capture directory on the probe's disk.</param>
/// <param name="FilesAt">Where it serves its files to the API's processes on other hosts; null where it does not.</param>
public sealed record ProbeReport(
    string Host,
    string Version,
    long DiskFreeBytes,
    IReadOnlyList<ProbeSource> Sources,
    DateTimeOffset? At = null,
    string? EngineVersion = null,
    double Load = 0,
    IReadOnlyList<CaptureId>? Captures = null,
    string? FilesAt = null);

/// <summary>Something the probe can capture from.</summary>
/// <param name="Name">The point's name on this probe.</param>
/// <param name="Source">What the engine opens, <c>afpacket:eth0</c>.</param>
/// <param name="Detail">Addresses, speed, state, for people.</param>
public sealed record ProbeSource(string Name, string Source, string Detail);

/// <summary>A probe as people and programs see it.</summary>
public sealed record ProbeView
{
    public required ProbeId Id { get; init; }

    public required bool Present { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    public required string Host { get; init; }

    public required string Version { get; init; }

    public required long DiskFreeBytes { get; init; }

    /// <summary>Set aside for captures that may still store.</summary>
    public long DiskReservedBytes { get; init; }

    public string? EngineVersion { get; init; }

    public double Load { get; init; }

    /// <summary>Since when it is away.</summary>
    public DateTimeOffset? AwaySince { get; init; }

    /// <summary>The probe's clock minus the information system's, as of the last report; the way the report took is in it.</summary>
    public TimeSpan? ClockOffset { get; init; }

    /// <summary>Capture directories on its disk that belong to no job, or to one that ended without them.</summary>
    public IReadOnlyList<CaptureId> Orphans { get; init; } = [];

    /// <summary>Where it serves its files to the API's processes on other hosts; null where it does not.</summary>
    public string? FilesAt { get; init; }

    /// <summary>Grows with every change that is written.</summary>
    public int Revision { get; init; }
}
