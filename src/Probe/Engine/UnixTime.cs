// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Probe.Engine;

/// <summary>The engine's instants, nanoseconds since 1970 UTC with 0 for none, and .NET's, in steps of 100 ns.</summary>
internal static class UnixTime
{
    public static long Nanoseconds(DateTimeOffset instant) => (instant.UtcTicks - DateTime.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;

    public static DateTimeOffset? Instant(long? unixNs) =>
        unixNs is null or 0 ? null : DateTimeOffset.UnixEpoch.AddTicks(unixNs.Value / TimeSpan.NanosecondsPerTick);
}
