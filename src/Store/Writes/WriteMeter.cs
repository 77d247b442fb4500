// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics.Metrics;

namespace Tci.Store.Writes;

/// <summary>Counts what the queue does, as the meter <c>Tci.Store</c>. Writes by commits is how many shared one.</summary>
internal static class WriteMeter
{
    private static readonly Meter s_meter = new("Tci.Store");
    private static readonly Counter<long> s_writes = s_meter.CreateCounter<long>("tci.store.writes", "{write}", "Writes that are on the disk.");
    private static readonly Counter<long> s_commits = s_meter.CreateCounter<long>("tci.store.commits", "{commit}", "Transactions they were committed with.");

    public static void Committed(int writes)
    {
        s_writes.Add(writes);
        s_commits.Add(1);
    }
}
