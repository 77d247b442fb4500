// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tci.Probe.Interop;

/// <summary><c>struct tci_status</c>, 536 bytes. Instants are nanoseconds since 1970, 0 where there is none.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TciStatus
{
    public TciState State;

    /// <summary>1 while an engine process holds the directory.</summary>
    public int Alive;

    public TciCode EndCode;
    public int Pid;
    public uint Queues;

    /// <summary>1 while a receive ring has been over nine tenths full for five seconds.</summary>
    public uint Overloaded;

    public long CreatedUnixNs;
    public long ArmedUnixNs;
    public long StartUnixNs;
    public long StopUnixNs;
    public long EndedUnixNs;
    public long DeadlineUnixNs;
    public long UpdatedUnixNs;
    public ulong FileBytes;
    public TciCounters Total;
    public StatusText Message;

    [InlineArray(256)]
    internal struct StatusText
    {
        private byte _first;
    }
}
