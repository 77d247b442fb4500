// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Probe.Interop;

namespace Tci.Probe.Engine;

/// <summary>The status page's counters as the contracts have them. The causes of drops are named as in summary.json.</summary>
internal static class EngineCounters
{
    public static CaptureCounters Of(in TciCounters from) => new()
    {
        Seen = Of(from.Seen),
        Stored = Of(from.Stored),
        OutsideWindow = Of(from.OutsideWindow),
        Filtered = Of(from.Filtered),
        SampledOut = Of(from.SampledOut),
        Cut = Of(from.Cut),
        InFlight = Of(from.InFlight),
        Dropped = new Dictionary<string, Traffic>
        {
            ["kernel"] = Of(from.DroppedKernel),
            ["diskFull"] = Of(from.DroppedDiskFull),
            ["noBuffer"] = Of(from.DroppedNoBuffer),
            ["engineLost"] = Of(from.DroppedEngineLost),
        },
    };

    private static Traffic Of(TciAmount amount) => new((long)amount.Packets, (long)amount.Bytes);
}
