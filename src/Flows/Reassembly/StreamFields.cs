// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.InteropServices;

namespace Tci.Flows.Reassembly;

/// <summary>Where the two byte streams of a TCP flow stand. Forward first, reverse second.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct StreamFields
{
    public StreamSide Forward;
    public StreamSide Reverse;
}
