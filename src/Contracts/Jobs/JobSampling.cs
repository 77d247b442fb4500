// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>Which part of the packets that the filter takes is stored; the others are counted as sampled out.</summary>
public sealed record JobSampling
{
    /// <summary>One of so many is stored: 1 to 4294967295.</summary>
    public required long OneIn { get; init; }

    public SamplingUnit By { get; init; }
}

/// <summary>What is counted out.</summary>
public enum SamplingUnit
{
    /// <summary>Every Nth packet of each queue of a point.</summary>
    Packet,

    /// <summary>Whole flows, by a hash of addresses, protocol and ports: the same ones in both directions and on all points.</summary>
    Flow,
}
