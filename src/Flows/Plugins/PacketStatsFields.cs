// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.InteropServices;

namespace Tci.Flows.Plugins;

/// <summary>What <see cref="PacketStatsPlugin"/> keeps of a flow: a list of chunks, and where it ends.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct PacketStatsFields
{
    public int FirstChunk;
    public int LastChunk;
    public byte Count;
}
