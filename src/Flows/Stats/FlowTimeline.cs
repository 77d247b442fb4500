// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Reading;

namespace Tci.Flows.Stats;

/// <summary>Traffic over time, in steps of equal length.</summary>
/// <param name="Begin">Of the first step, UTC.</param>
/// <param name="StepSeconds">Length of each.</param>
/// <param name="Steps">In order, those without traffic too; at most <see cref="StepsMax"/>.</param>
public sealed record FlowTimeline(DateTime Begin, double StepSeconds, IReadOnlyList<TimelineStep> Steps)
{
    /// <summary>The most steps.</summary>
    public const int StepsMax = 300;

    private const long Second = 1_000_000;
    private static readonly long[] s_steps =
        [Second / 1000, Second / 100, Second / 10, Second, 2 * Second, 5 * Second, 10 * Second, 30 * Second, 60 * Second, 300 * Second, 600 * Second, 1800 * Second, 3600 * Second, 21_600 * Second, 86_400 * Second];

    /// <summary>Reads the rows once.</summary>
    /// <param name="csv">At the beginning.</param>
    /// <param name="first">Earliest TIME_FIRST, microseconds since 1970.</param>
    /// <param name="last">Latest TIME_LAST.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal static FlowTimeline Of(FlowCsvReader csv, long first, long last, CancellationToken cancellation)
    {
        last = Math.Max(first, last);
        var step = StepOf(last - first);
        var begin = first - (((first % step) + step) % step);
        var sums = new Sums((int)((last - begin) / step) + 1);
        var row = new RowColumns(csv);
        while (csv.Read())
        {
            if (csv.Rows % 4096 == 0)
                cancellation.ThrowIfCancellationRequested();
            // Where a clock went back a flow may begin after the latest end: it counts in the last step.
            var from = (int)((Math.Min(row.First, last) - begin) / step);
            sums.Add(from, Math.Max(from, (int)((row.Last - begin) / step)), row.Packets, row.Bytes);
        }
        return new FlowTimeline(DateTime.UnixEpoch.AddMicroseconds(begin), step / (double)Second, sums.Steps());
    }

    private static long StepOf(long length)
    {
        foreach (var step in s_steps)
        {
            if (length / step < StepsMax - 1)
                return step;
        }
        var day = s_steps[^1];
        return ((length / day / (StepsMax - 1)) + 1) * day;
    }

    // Each flow is spread evenly over the steps it lasted: as a difference at both ends, which costs the same for long flows and short ones.
    private sealed class Sums(int count)
    {
        private readonly long[] flows = new long[count];
        private readonly double[] packets = new double[count + 1];
        private readonly double[] bytes = new double[count + 1];

        public void Add(int from, int to, ulong flowPackets, ulong flowBytes)
        {
            flows[from]++;
            var (packetsEach, bytesEach) = (flowPackets / (to - from + 1.0), flowBytes / (to - from + 1.0));
            packets[from] += packetsEach;
            packets[to + 1] -= packetsEach;
            bytes[from] += bytesEach;
            bytes[to + 1] -= bytesEach;
        }

        public List<TimelineStep> Steps()
        {
            var steps = new List<TimelineStep>(count);
            var (packetsNow, bytesNow) = (0.0, 0.0);
            for (var i = 0; i < count; i++)
            {
                packetsNow += packets[i];
                bytesNow += bytes[i];
                steps.Add(new TimelineStep(flows[i], (ulong)Math.Max(0, Math.Round(packetsNow)), (ulong)Math.Max(0, Math.Round(bytesNow))));
            }
            return steps;
        }
    }
}

/// <summary>One step of a timeline.</summary>
/// <param name="Flows">That began in it.</param>
/// <param name="Packets">The share of it: a flow counts evenly over all the time it lasted.</param>
/// <param name="Bytes">As Packets.</param>
public sealed record TimelineStep(long Flows, ulong Packets, ulong Bytes);
