// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains;

/// <summary>The kinds of entities that remember something, by the names their states are stored under, and how one is reached by its key.</summary>
public static class EntityKinds
{
    private static readonly Dictionary<string, Func<IGrains, string, IPokable>> s_all = new()
    {
        ["job"] = (grains, key) => grains.Job(new JobId(key)),
        ["point"] = (grains, key) => grains.Point(new PointId(key)),
        ["probe"] = (grains, key) => grains.Probe(ProbeId.FromKey(key)),
        ["capture"] = (grains, key) => grains.Capture(new CaptureId(key)),
        ["run"] = (grains, key) => grains.Run(new RunId(key)),
        ["schedule"] = (grains, key) => grains.Schedule(new ScheduleId(key)),
    };

    public static IEnumerable<string> Names => s_all.Keys;

    /// <summary>Null for a kind that this program does not know: a newer one may have written it.</summary>
    public static IPokable? Find(IGrains grains, string kind, string key) => s_all.TryGetValue(kind, out var find) ? find(grains, key) : null;
}
