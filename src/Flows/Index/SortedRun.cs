// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.InteropServices;

namespace Tci.Flows.Index;

/// <summary>Reads back one sorted run of the temporary file.</summary>
internal sealed class SortedRun(Stream spool, long start, long count)
{
    // Of 32 bytes each: 128 KiB a run.
    private const int EntriesAtOnce = 4096;

    private readonly SortEntry[] entries = new SortEntry[Math.Min(EntriesAtOnce, count)];
    private long position = start;
    private long left = count;
    private int next;
    private int loaded;

    public SortEntry Current { get; private set; }

    public bool Read()
    {
        if (next == loaded && !Load())
            return false;
        Current = entries[next++];
        return true;
    }

    private bool Load()
    {
        loaded = (int)Math.Min(left, entries.Length);
        next = 0;
        var bytes = MemoryMarshal.AsBytes(entries.AsSpan(0, loaded));
        spool.Position = position;
        spool.ReadExactly(bytes);
        position += bytes.Length;
        left -= loaded;
        return loaded > 0;
    }
}
