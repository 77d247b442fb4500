// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Index;

/// <summary>Why an index cannot be used.</summary>
public enum FlowIndexFault
{
    /// <summary>There is no flow.idx.</summary>
    Missing,

    /// <summary>flow.idx is not whole, or of a version this program does not read.</summary>
    Damaged,

    /// <summary>flow.csv is not the file the index was made from.</summary>
    Stale,
}

/// <summary>An index that cannot be used; making it again from flow.csv cures all of them.</summary>
public sealed class FlowIndexException : IOException
{
    internal FlowIndexException(FlowIndexFault fault, string what)
        : base($"The flow index cannot be used: {what}. Make it again: tci-flows index DIR.") => Fault = fault;

    /// <summary>What is wrong.</summary>
    public FlowIndexFault Fault { get; }
}
