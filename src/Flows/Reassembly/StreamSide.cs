// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.InteropServices;

namespace Tci.Flows.Reassembly;

/// <summary>One direction of a TCP flow.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct StreamSide
{
    /// <summary>The sequence number up to which everything was seen.</summary>
    public uint Next;

    /// <summary>Handle of the stream that is being put together; 0 when none is.</summary>
    public int Buffer;

    /// <summary><see cref="Next"/> holds.</summary>
    public bool IsKnown;

    /// <summary>A payload was seen.</summary>
    public bool HasBegun;
}
