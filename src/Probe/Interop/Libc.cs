// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.InteropServices;

namespace Tci.Probe.Interop;

/// <summary>The two system calls .NET has no word for.</summary>
internal static partial class Libc
{
    private const int PrioProcess = 0;
    private const int SigKill = 9;

    /// <summary>Makes the calling thread, and the children it starts, yield to others (setpriority(2); Linux applies it to the thread).</summary>
    public static bool LowerThreadPriority(int nice) => SetPriority(PrioProcess, 0, nice) == 0;

    /// <summary>Ends every process of a group, whatever they do (kill(2)); false where there is none left.</summary>
    public static bool KillGroup(int leader) => leader > 1 && Kill(-leader, SigKill) == 0;

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
