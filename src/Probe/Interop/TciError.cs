// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tci.Probe.Interop;

/// <summary><c>struct tci_error</c>, 512 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TciError
{
    public TciCode Code;
    public int OsError;
    public int Position;
    public ErrorText Message;

    [InlineArray(500)]
    internal struct ErrorText
    {
        private byte _first;
    }
}
