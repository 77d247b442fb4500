// SPDX-License-Identifier: BSD-3-Clause
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tci.Flows.Table;

/// <summary>
/// The order of the sixteen slots of a line, most recently used first: sixteen slot numbers of four bits in one word,
/// position 0 lowest. Moving a slot is a few shifts; the slots themselves stay where they are.
/// </summary>
internal static class LineOrder
{
    public const int Slots = 16;
    public const ulong Initial = 0xFEDCBA9876543210;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SlotAt(ulong order, int position) => (int)(order >> (position * 4)) & 0xF;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PositionOf(ulong order, int slot)
    {
        // The nibble that equals the slot becomes zero; the trick finds the lowest zero nibble.
        var difference = order ^ (0x1111111111111111UL * (uint)slot);
        var zeros = (difference - 0x1111111111111111UL) & ~difference & 0x8888888888888888UL;
        return BitOperations.TrailingZeroCount(zeros) / 4;
    }

    /// <summary>Moves the slot at <paramref name="from"/> forward to <paramref name="to"/>; those between move one back.</summary>
    public static ulong Move(ulong order, int from, int to)
    {
        if (from == to)
            return order;
        var slot = (ulong)SlotAt(order, from);
        var below = (1UL << (to * 4)) - 1;
        var throughFrom = from == Slots - 1 ? ulong.MaxValue : (1UL << ((from + 1) * 4)) - 1;
        var moved = order & throughFrom & ~below;
        return (order & ~throughFrom) | ((moved << 4) & throughFrom) | (slot << (to * 4)) | (order & below);
    }
}
