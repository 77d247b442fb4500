// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>Which job goes first where several wait for one point. Critical ones may pre-empt low ones on points that allow it.</summary>
public enum JobPriority
{
    Low,
    Normal,
    High,
    Critical,
}

/// <summary>What a job does not put up with. By default it reports and goes on.</summary>
public sealed record JobStrictness
{
    /// <summary>Any packet dropped on any of its points makes it Failed; the data set stays.</summary>
    public bool Drops { get; init; }

    /// <summary>A receive ring over nine tenths full for five seconds on any of its points makes it Failed; the data set stays.</summary>
    public bool Overload { get; init; }
}
