// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Probe.Files;

/// <summary>What the file system said no to, as a problem.</summary>
internal static class DiskTrouble
{
    // errno(3); .NET hands it on as the HResult of an IOException.
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    public static bool Is(Exception e) => e is IOException or UnauthorizedAccessException;

    /// <param name="code">The code where it is not a lack of space.</param>
    public static Problem Of(Exception e, string code) => e is IOException { HResult: NoSpace or QuotaExceeded }
        ? new(ProblemCodes.DiskFull, $"The probe's disk is full: {e.Message} Make room and try again.")
        : new(code, e.Message);
}
