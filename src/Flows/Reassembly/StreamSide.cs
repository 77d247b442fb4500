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

    // One byte for the two: a record of three cache lines has none to spare.
    private byte flags;

    /// <summary><see cref="Next"/> holds.</summary>
    public bool IsKnown
    {
        readonly get => (flags & 1) != 0;
        set => flags = (byte)((flags & ~1) | (value ? 1 : 0));
    }

    /// <summary>A payload was seen.</summary>
    public bool HasBegun
    {
        readonly get => (flags & 2) != 0;
        set => flags = (byte)((flags & ~2) | (value ? 2 : 0));
    }
}
