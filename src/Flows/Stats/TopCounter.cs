// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Stats;

/// <summary>
/// Counts by key in bounded memory. When there are too many keys the smaller half by bytes is forgotten; what a key
/// may have lost by that is known, and told.
/// </summary>
internal sealed class TopCounter<TKey>(int keysMax = TopCounter<TKey>.DefaultKeysMax)
    where TKey : notnull
{
    public const int DefaultKeysMax = 1 << 18;

    private readonly Dictionary<TKey, Count> counts = [];
    private ulong missedBytes;

    public void Add(TKey key, ulong packets, ulong bytes)
    {
        if (!counts.TryGetValue(key, out var count))
        {
            if (counts.Count == keysMax)
                Forget();
            counts[key] = count = new Count();
        }
        count.Flows++;
        count.Packets += packets;
        count.Bytes += bytes;
    }

    public TopList Top(int items, Func<TKey, string> name) => new(
        [.. counts.OrderByDescending(entry => entry.Value.Bytes).Take(items)
            .Select(entry => new TrafficShare(name(entry.Key), entry.Value.Flows, entry.Value.Packets, entry.Value.Bytes))
            .OrderByDescending(share => share.Bytes).ThenBy(share => share.Name, StringComparer.Ordinal)],
        counts.Count,
        missedBytes);

    private void Forget()
    {
        var small = counts.OrderBy(entry => entry.Value.Bytes).Take(keysMax / 2).ToList();
        foreach (var entry in small)
            counts.Remove(entry.Key);
        // A key may be forgotten each time.
        missedBytes += small[^1].Value.Bytes;
    }

    private sealed class Count
    {
        public long Flows;
        public ulong Packets;
        public ulong Bytes;
    }
}
