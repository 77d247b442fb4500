// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.InteropServices;

namespace Tci.Probe.Interop;

/// <summary><c>struct tci_amount</c>, 16 bytes. Bytes are lengths on the wire.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TciAmount
{
    public ulong Packets;
    public ulong Bytes;
}

/// <summary><c>struct tci_counters</c>, 192 bytes. Instants are nanoseconds since 1970, 0 where there is none.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TciCounters
{
    public TciAmount Seen;
    public TciAmount Stored;
    public TciAmount OutsideWindow;
    public TciAmount Filtered;
    public TciAmount SampledOut;
    public TciAmount Cut;
    public TciAmount DroppedKernel;
    public TciAmount DroppedDiskFull;
    public TciAmount DroppedNoBuffer;
    public TciAmount DroppedEngineLost;
    public TciAmount InFlight;
    public long FirstPacketUnixNs;
    public long LastPacketUnixNs;
}
