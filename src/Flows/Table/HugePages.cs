// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.InteropServices;

namespace Tci.Flows.Table;

/// <summary>Asks Linux for pages of 2 MiB where it gives them on request only (madvise(2)); a wish, so the answer is not looked at.</summary>
internal static partial class HugePages
{
    private const nuint PageBytes = 4096;
    private const nuint MinBytes = 4 << 20;
    private const int Advice = 14; // MADV_HUGEPAGE

    public static void Ask(nuint start, nuint bytes)
    {
        if (!OperatingSystem.IsLinux() || bytes < MinBytes)
            return;
        var firstPage = (start + PageBytes - 1) & ~(PageBytes - 1);
        _ = MAdvise(firstPage, (start + bytes - firstPage) & ~(PageBytes - 1), Advice);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MAdvise(nuint start, nuint bytes, int advice);
}
