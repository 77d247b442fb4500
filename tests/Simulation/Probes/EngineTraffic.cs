// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Simulation.Scheduling;

namespace Tci.Simulation.Probes;

/// <summary>The packets a source brings, as numbers: so many a second, a share of them filtered, a share dropped. Whole packets, and they always add up.</summary>
internal sealed class EngineTraffic(int perSecond, int filteredPerMille, int droppedPerMille, int? fileLength = null)
{
    public const int PacketBytes = 100;
    private const int StoredPacketBytes = 16 + PacketBytes;
    private const int FileHeaderBytes = 24;

    /// <summary>How long a capture file takes to be replayed, from the start on; null where packets come by themselves, whether the capture has started or not.</summary>
    public TimeSpan? FileTime => fileLength is { } packets ? TimeSpan.FromSeconds(packets / (double)perSecond) : null;

    public static EngineTraffic Of(SimRandom random) => new(random.Pick([0, 1, 20, 1000, 50_000]), random.Pick([0, 0, 300, 1000]), random.Pick([0, 0, 10, 500]));

    public static EngineTraffic File(int packets, TimeSpan step) => new((int)Math.Round(1 / step.TotalSeconds), 0, 0, packets);

    public static long FileBytes(long packets) => FileHeaderBytes + (packets * StoredPacketBytes);

    public long Seen(TimeSpan receiving) => Math.Clamp((long)(receiving.TotalMilliseconds * perSecond / 1000), 0, fileLength ?? long.MaxValue);

    /// <summary>How many packets of the window must come until a limit is reached; null where it has none.</summary>
    public long? WindowMax(JobLimits limits)
    {
        var bytes = limits.Bytes is { } b ? Math.Max(0, (b - FileHeaderBytes) / StoredPacketBytes) : long.MaxValue;
        var stored = Math.Min(limits.Packets ?? long.MaxValue, bytes);
        if (stored == long.MaxValue || Stored(long.MaxValue / 4000) < stored) return null;
        var (low, high) = (0L, long.MaxValue / 4000);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (Stored(middle) >= stored) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    /// <summary>How long it takes until so many packets have been seen; null where that is never.</summary>
    public TimeSpan? Until(long seen) => perSecond == 0 ? null : TimeSpan.FromMilliseconds(Math.Min(1e12, Math.Ceiling(seen * 1000.0 / perSecond)));

    public CaptureCounters Counters(long seen, long window, bool ended)
    {
        var filtered = Filtered(window);
        var stored = Stored(window);
        var inFlight = ended ? 0 : Math.Min(stored, 3);
        return new CaptureCounters
        {
            Seen = Of(seen),
            Stored = Of(stored - inFlight),
            OutsideWindow = Of(seen - window),
            Filtered = Of(filtered),
            SampledOut = Traffic.None,
            Cut = Traffic.None,
            Dropped = new Dictionary<string, Traffic> { ["kernel"] = Of(window - filtered - stored) },
            InFlight = Of(inFlight),
        };
    }

    private static Traffic Of(long packets) => new(packets, packets * PacketBytes);

    private long Filtered(long window) => window * filteredPerMille / 1000;

    private long Stored(long window)
    {
        var passed = window - Filtered(window);
        return passed - (passed * droppedPerMille / 1000);
    }
}
