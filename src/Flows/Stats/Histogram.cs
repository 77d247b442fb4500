// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Stats;

/// <summary>Counts values by classes.</summary>
/// <param name="classes">The largest value of each class, ascending, and its label; the last takes everything.</param>
internal sealed class Histogram(params (ulong Max, string Label)[] classes)
{
    private readonly long[] counts = new long[classes.Length];

    public IReadOnlyList<Bucket> Buckets => [.. classes.Select((entry, i) => new Bucket(entry.Label, counts[i]))];

    public static Histogram OfFrameBytes() => new(
        (63, "0-63"), (127, "64-127"), (255, "128-255"), (511, "256-511"), (1023, "512-1023"), (1518, "1024-1518"), (ulong.MaxValue, "1519 and more"));

    /// <summary>Of microseconds.</summary>
    public static Histogram OfDurations() => new(
        (0, "0"), (999, "under 1 ms"), (9_999, "1-10 ms"), (99_999, "10-100 ms"), (999_999, "100 ms-1 s"),
        (9_999_999, "1-10 s"), (59_999_999, "10-60 s"), (299_999_999, "1-5 min"), (ulong.MaxValue, "5 min and more"));

    public void Add(ulong value)
    {
        var at = 0;
        while (value > classes[at].Max)
            at++;
        counts[at]++;
    }
}
