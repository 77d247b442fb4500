// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Store;

/// <summary>Instants in columns are microseconds since 1970 (UTC): the same integer in every database, and ordered. What is finer is cut off.</summary>
internal static class Instants
{
    public static long ToMicroseconds(DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static long? ToMicroseconds(DateTimeOffset? instant) => instant is { } i ? ToMicroseconds(i) : null;

    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
