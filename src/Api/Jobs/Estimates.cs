// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <summary>A finished capture as an estimate uses it.</summary>
internal sealed record RecentCapture(JobSpec Spec, double Seconds, Traffic Seen, Traffic Stored)
{
    /// <summary>Null for one that tells no rate.</summary>
    public static RecentCapture? Of(JobView job, JobCaptureView capture) =>
        capture is { Counters: { } counters, End: { Started: { } began, Ended: { } ended } } && ended > began
            ? new RecentCapture(job.Spec, (ended - began).TotalSeconds, counters.Seen, counters.Stored)
            : null;

    /// <summary>Whether it let through what this job would.</summary>
    public bool IsLike(JobSpec spec) => Spec.Filter == spec.Filter && Spec.Sampling == spec.Sampling && Spec.Cut == spec.Cut && Spec.Anonymise == spec.Anonymise;
}

/// <summary>The arithmetic of estimates; decides on its arguments alone.</summary>
internal static class Estimates
{
    // pcap: 24 bytes a file, 16 a packet (pcap-savefile(5)).
    private const int FileHeaderBytes = 24;
    private const int PacketHeaderBytes = 16;
    private const int PacketBytesMax = 262_144;

    public static PointEstimate Of(JobSpec spec, PointId point, IReadOnlyList<RecentCapture> recent, long? freeBytes)
    {
        var same = recent.Where(c => c.IsLike(spec)).ToList();
        var max = Max(spec);
        if (recent.Count == 0) return new PointEstimate(point, null, max, EstimateBasis.Limits, null, freeBytes, "No recent capture on this point tells a rate; only the limits are known.");
        if (same.Count > 0)
        {
            var stored = Rate(same, c => c.Stored);
            return new PointEstimate(
                point, Bytes(spec, stored, max), max, EstimateBasis.SameFilter, stored, freeBytes, $"From what {same.Count} recent captures stored with this filter, sampling and cutting in {stored.Seconds:0} s; traffic changes.");
        }

        var seen = Rate(recent, c => c.Seen);
        var all = Bytes(spec, seen, max);
        return spec is { Filter.Length: 0, Sampling: null, Cut: null, Anonymise: null }
            ? new PointEstimate(point, all, max, EstimateBasis.AllTraffic, seen, freeBytes, $"From all that {recent.Count} recent captures saw in {seen.Seconds:0} s; traffic changes.")
            : new PointEstimate(
                point, null, Least(all, max), EstimateBasis.AllTraffic, seen, freeBytes, $"No recent capture here had this filter, sampling and cutting, so how much they let through is not known; bytesMax is all the traffic that {recent.Count} recent captures saw, for as long as the job lasts.");
    }

    private static TrafficRate Rate(IReadOnlyList<RecentCapture> captures, Func<RecentCapture, Traffic> of)
    {
        var seconds = captures.Sum(c => c.Seconds);
        return new TrafficRate(captures.Count, Math.Round(seconds, 3), captures.Sum(c => (double)of(c).Packets) / seconds, captures.Sum(c => (double)of(c).Bytes) / seconds);
    }

    /// <summary>The first limit to be reached decides; with only a limit of bytes that is what is stored.</summary>
    private static long? Bytes(JobSpec spec, TrafficRate rate, long? max)
    {
        // A mean: where sizes vary much, cutting them saves more than this says.
        var mean = rate.PacketsPerSecond > 0 ? rate.BytesPerSecond / rate.PacketsPerSecond : 0;
        var each = Math.Min(mean, spec.Snaplen ?? PacketBytesMax) + PacketHeaderBytes;
        var inTime = spec.Limits.Duration is { } duration ? rate.PacketsPerSecond * duration.TotalSeconds * each : (double?)null;
        var byCount = spec.Limits.Packets is { } packets ? packets * each : (double?)null;
        var least = Math.Min(inTime ?? double.MaxValue, byCount ?? double.MaxValue);
        return Least(least >= long.MaxValue / 2 ? null : (long)least + FileHeaderBytes, max);
    }

    private static long? Max(JobSpec spec)
    {
        var packets = spec.Limits.Packets is { } count ? count * ((double)(spec.Snaplen ?? PacketBytesMax) + PacketHeaderBytes) : double.MaxValue;
        return Least(packets >= long.MaxValue / 2 ? null : (long)packets + FileHeaderBytes, spec.Limits.Bytes);
    }

    private static long? Least(long? a, long? b) => a is null ? b : b is null ? a : Math.Min(a.Value, b.Value);
}
