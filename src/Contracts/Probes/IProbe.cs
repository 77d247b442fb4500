// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>A capture host as the information system knows it: there or away, and with which sources.</summary>
public interface IProbe : IPokable
{
    /// <summary>What the probe says of itself every few seconds. Missing ones make it away.</summary>
    Task<Answer<ProbeView>> Report(ProbeReport request);

    Task<Answer<ProbeView>> Get(GetProbe request);
}

public sealed record GetProbe;

/// <param name="DiskFreeBytes">Free on the file system of the capture directories.</param>
public sealed record ProbeReport(string Host, string Version, long DiskFreeBytes, IReadOnlyList<ProbeSource> Sources);

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
}
