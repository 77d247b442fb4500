// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;

namespace Tci.Flows;

/// <summary>Decides when to report progress, so that the packet loop only asks now and then.</summary>
internal sealed class ProgressClock(IProgress<ExportProgress>? progress, long totalBytes)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan next = Interval;

    public TimeSpan Elapsed => watch.Elapsed;

    public bool IsDue => progress is not null && watch.Elapsed >= next;

    public void Report(long packets, long bytes, long flows)
    {
        progress?.Report(new ExportProgress(packets, bytes, totalBytes, flows, watch.Elapsed));
        next = watch.Elapsed + Interval;
    }
}
