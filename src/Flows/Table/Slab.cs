// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Table;

/// <summary>
/// Items that some flows have and most do not, kept outside the flow record and used again after it is exported.
/// Grows by whole blocks and never moves an item; once as many items exist as are in use at one time, renting
/// allocates nothing. Handle 0 means "none". A returned item is handed out again with its old content.
/// </summary>
internal sealed class Slab<T>
    where T : unmanaged
{
    // Blocks so large that huge pages fit into one; memory that was never used costs nothing.
    private const int BlockBits = 16;
    private const int BlockItems = 1 << BlockBits;

    private FlatMemory<T>[] blocks = new FlatMemory<T>[16];
    private int[] free = new int[256];
    private int freeCount;
    private int used = 1; // handle 0 is never given out

    public ref T this[int handle] => ref blocks[handle >> BlockBits][handle & (BlockItems - 1)];

    public void Prefetch(int handle, int lines) => blocks[handle >> BlockBits].Prefetch(handle & (BlockItems - 1), lines);

    public int Rent()
    {
        if (freeCount > 0)
            return free[--freeCount];
        var block = used >> BlockBits;
        if (block == blocks.Length)
            Array.Resize(ref blocks, blocks.Length * 2);
        blocks[block] ??= new FlatMemory<T>(BlockItems);
        // There is room for every item to come back, so that returning allocates nothing.
        if (used >= free.Length)
            Array.Resize(ref free, free.Length * 2);
        return used++;
    }

    public void Return(int handle) => free[freeCount++] = handle;
}
