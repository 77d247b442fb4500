// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.CompilerServices;

namespace Tci.Flows.Plugins;

/// <summary>Some packets of one flow. Most flows need one chunk; none needs more than <see cref="PacketStatsPlugin.MaxPackets"/> packets.</summary>
internal struct PacketChunk
{
    public const int Packets = 6;

    public Times Microseconds;
    public Lengths PayloadBytes;
    public Bytes TcpFlags;
    public Bytes FromSource;
    public int Next;

    [InlineArray(Packets)]
    internal struct Times
    {
        private long first;
    }

    [InlineArray(Packets)]
    internal struct Lengths
    {
        private ushort first;
    }

    [InlineArray(Packets)]
    internal struct Bytes
    {
        private byte first;
    }
}
