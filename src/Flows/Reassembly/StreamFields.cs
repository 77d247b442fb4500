// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Reassembly;

/// <summary>Where the two byte streams of a TCP flow stand. Forward first, reverse second.</summary>
internal struct StreamFields
{
    public StreamSide Forward;
    public StreamSide Reverse;
}
