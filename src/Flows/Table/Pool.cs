// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Table;

/// <summary>
/// Objects that some flows hold for a while, by handle; 0 means "none". Objects are made when more are in use at one
/// time than ever before, and used again after that.
/// </summary>
internal sealed class Pool<T>
    where T : class, IPooled, new()
{
    private T[] items = new T[64];
    private int[] free = new int[64];
    private int freeCount;
    private int used = 1;

    public T this[int handle] => items[handle];

    /// <summary>Hands out an object in its cleared state.</summary>
    public int Rent()
    {
        if (freeCount > 0)
        {
            var handle = free[--freeCount];
            items[handle].Clear();
            return handle;
        }
        if (used == items.Length)
            Array.Resize(ref items, items.Length * 2);
        // There is room for every object to come back, so that returning allocates nothing.
        if (used >= free.Length)
            Array.Resize(ref free, free.Length * 2);
        items[used] = new T();
        return used++;
    }

    public void Return(int handle) => free[freeCount++] = handle;
}
