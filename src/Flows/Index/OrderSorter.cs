// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.InteropServices;

namespace Tci.Flows.Index;

/// <summary>
/// Sorts rows by a key in bounded memory: what does not fit is sorted in runs, which are kept in a temporary file
/// and merged. Use it for one order, then <see cref="Finish"/>, then for the next.
/// </summary>
internal sealed class OrderSorter(Func<Stream> openSpool, int entriesMax = OrderSorter.DefaultEntriesMax) : IDisposable
{
    // Of 32 bytes each: 64 MiB.
    public const int DefaultEntriesMax = 2 << 20;

    private readonly List<(long Start, long Count)> runs = [];
    private SortEntry[] entries = new SortEntry[Math.Min(entriesMax, 4096)];
    private int count;
    private Stream? spool;

    public void Add(UInt128 key, uint row)
    {
        if (count == entriesMax)
            Spill();
        if (count == entries.Length)
            Array.Resize(ref entries, Math.Min(entriesMax, entries.Length * 2));
        entries[count++] = new SortEntry(key, row);
    }

    /// <summary>Writes the row numbers in order and begins anew.</summary>
    public void Finish(PageWriter writer)
    {
        if (runs.Count == 0)
            WriteSorted(writer);
        else
            Merge(writer);
        writer.Align();
        runs.Clear();
        count = 0;
    }

    public void Dispose() => spool?.Dispose();

    private void WriteSorted(PageWriter writer)
    {
        entries.AsSpan(0, count).Sort();
        for (var i = 0; i < count; i++)
        {
            var row = entries[i].Row;
            writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in row)));
        }
    }

    private void Spill()
    {
        spool ??= openSpool();
        var start = runs.Count == 0 ? 0 : spool.Position;
        spool.Position = start;
        entries.AsSpan(0, count).Sort();
        spool.Write(MemoryMarshal.AsBytes(entries.AsSpan(0, count)));
        runs.Add((start, count));
        count = 0;
    }

    private void Merge(PageWriter writer)
    {
        if (count > 0)
            Spill();
        spool!.Flush();
        var waiting = new PriorityQueue<SortedRun, SortEntry>();
        foreach (var (start, length) in runs)
        {
            var run = new SortedRun(spool, start, length);
            if (run.Read())
                waiting.Enqueue(run, run.Current);
        }
        while (waiting.TryDequeue(out var run, out var entry))
        {
            var row = entry.Row;
            writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in row)));
            if (run.Read())
                waiting.Enqueue(run, run.Current);
        }
    }
}
