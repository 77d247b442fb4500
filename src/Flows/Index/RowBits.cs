// SPDX-License-Identifier: BSD-3-Clause
using System.Numerics;

namespace Tci.Flows.Index;

/// <summary>A bit for each row: whether it matches. A table of a hundred million rows takes 12.5 MB.</summary>
internal sealed class RowBits(long rows)
{
    private readonly ulong[] words = new ulong[(rows + 63) / 64];

    public long Count
    {
        get
        {
            var count = 0L;
            foreach (var word in words)
                count += BitOperations.PopCount(word);
            return count;
        }
    }

    public bool this[long row] => (words[row >> 6] & (1UL << (int)(row & 63))) != 0;

    public void Set(long row) => words[row >> 6] |= 1UL << (int)(row & 63);
}
