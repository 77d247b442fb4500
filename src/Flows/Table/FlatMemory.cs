// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

[assembly: DisableRuntimeMarshalling]

namespace Tci.Flows.Table;

/// <summary>
/// Items in one piece of memory that never moves, begins at a cache line, and asks for huge pages: of a table larger than the
/// caches every access would else also miss the page tables. Zeroed; pages cost memory when they are first touched. One of
/// the listed places with pointers: an instruction that fetches ahead takes one.
/// </summary>
internal sealed unsafe class FlatMemory<T>
    where T : unmanaged
{
    private readonly CacheLine[] owner;
    private readonly byte* first;

    /// <param name="count">Items. An index outside them is not checked.</param>
    public FlatMemory(int count)
    {
        Count = count;
        var lines = ((long)count * sizeof(T) / sizeof(CacheLine)) + 2;
        owner = GC.AllocateArray<CacheLine>(checked((int)lines), pinned: true);
        var start = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(owner));
        first = (byte*)((start + (nuint)sizeof(CacheLine) - 1) & ~((nuint)sizeof(CacheLine) - 1));
        HugePages.Ask(start, (nuint)(lines * sizeof(CacheLine)));
    }

    public int Count { get; }

    public ref T this[int index] => ref *(T*)(first + ((nint)index * sizeof(T)));

    /// <summary>Brings an item's first cache lines near, so that the access to come does not wait for them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int index, int lines)
    {
        if (!Sse.IsSupported)
            return;
        var item = first + ((nint)index * sizeof(T));
        for (var line = 0; line < lines; line++)
            Sse.Prefetch0(item + (line * sizeof(CacheLine)));
    }

    [InlineArray(64)]
    private struct CacheLine
    {
        private byte first;
    }
}
