// SPDX-License-Identifier: BSD-3-Clause
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tci.EndToEnd.Stage;

/// <summary>What .NET does not offer: network namespaces of a thread, and signals.</summary>
internal static partial class Libc
{
    public const int SigKill = 9;
    public const int SigTerm = 15;
    private const int CloneNewNet = 0x40000000;

    public static bool IsRoot => GetEffectiveUser() == 0;

    /// <summary>Puts the calling thread into a new network namespace, for ever.</summary>
    public static void NewNetwork()
    {
        if (Unshare(CloneNewNet) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError(), "unshare(CLONE_NEWNET)");
    }

    /// <summary>Puts the calling thread into a network namespace, for ever.</summary>
    public static void EnterNetwork(SafeFileHandle space)
    {
        if (SetNs(space, CloneNewNet) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError(), "setns");
    }

    /// <summary>Harmless where there is no such process any more.</summary>
    public static void Signal(int process, int signal) => _ = Kill(process, signal);

    /// <summary>Makes a named pipe.</summary>
    public static void NamedPipe(string path)
    {
        if (MkFifo(path, 0b110_000_000) != 0) throw new Win32Exception(Marshal.GetLastPInvokeError(), "mkfifo");
    }

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static partial int Unshare(int flags);

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNs(SafeFileHandle space, int kind);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MkFifo(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();
}
