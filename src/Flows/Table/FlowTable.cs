// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tci.Flows.Table;

/// <summary>
/// Flow records in lines of sixteen. Beside the records stand, per slot, a tag of the hash and the second of the last
/// packet, so that a search or a sweep of a line reads two cache lines and touches a record only where it matters.
/// </summary>
internal sealed class FlowTable
{
    private const int Slots = LineOrder.Slots;
    private const uint EmptyTag = 0;

    private readonly FlowRecord[] records;
    private readonly uint[] tags;
    private readonly uint[] lastSeconds;
    private readonly ulong[] orders;

    /// <param name="capacity">Records; a power of two of at least 16.</param>
    public FlowTable(int capacity)
    {
        records = new FlowRecord[capacity];
        tags = new uint[capacity];
        lastSeconds = new uint[capacity];
        orders = new ulong[capacity / Slots];
        Array.Fill(orders, LineOrder.Initial);
    }

    public int Capacity => records.Length;

    public int Lines => orders.Length;

    public ref FlowRecord this[int index] => ref records[index];

    public int LineOf(ulong hash) => (int)(hash & (uint)(records.Length - 1)) / Slots;

    public bool IsEmpty(int index) => tags[index] == EmptyTag;

    /// <summary>Index of the record with this hash, moved to the front of its line; -1 when there is none.</summary>
    public int Find(ulong hash)
    {
        var line = LineOf(hash);
        var candidates = MatchTags(line, Tag(hash));
        while (candidates != 0)
        {
            var slot = System.Numerics.BitOperations.TrailingZeroCount(candidates);
            var index = (line * Slots) + slot;
            if (records[index].Hash == hash)
            {
                var order = orders[line];
                orders[line] = LineOrder.Move(order, LineOrder.PositionOf(order, slot), 0);
                return index;
            }
            candidates &= candidates - 1;
        }
        return -1;
    }

    /// <summary>Index of the first empty record in the line's order; -1 when the line is full.</summary>
    public int FirstEmpty(int line)
    {
        var empty = MatchTags(line, EmptyTag);
        if (empty == 0)
            return -1;
        var order = orders[line];
        var position = 0;
        while ((empty >> LineOrder.SlotAt(order, position) & 1) == 0)
            position++;
        return (line * Slots) + LineOrder.SlotAt(order, position);
    }

    /// <summary>Index of the last record of a full line, which is to make room.</summary>
    public int Last(int line) => (line * Slots) + LineOrder.SlotAt(orders[line], Slots - 1);

    /// <summary>Puts the last slot of a line, just emptied, into its middle: a new flow has to prove itself.</summary>
    public void MoveLastToMiddle(int line) => orders[line] = LineOrder.Move(orders[line], Slots - 1, Slots / 2);

    /// <summary>Marks a record as in use under its hash.</summary>
    public void Occupy(int index, ulong hash, long second)
    {
        tags[index] = Tag(hash);
        lastSeconds[index] = (uint)second;
    }

    public void Touch(int index, long second) => lastSeconds[index] = (uint)second;

    public void Clear(int index)
    {
        tags[index] = EmptyTag;
        records[index].Hash = 0;
        records[index].TcpFlags = records[index].TcpFlagsReverse = 0;
    }

    /// <summary>Slots of a line, one bit each, that were idle for at least <paramref name="seconds"/> at <paramref name="now"/>.</summary>
    public uint Idle(int line, long now, int seconds)
    {
        ref var last = ref lastSeconds[line * Slots];
        var current = Vector256.Create((uint)now);
        var limit = Vector256.Create(seconds - 1);
        // Differences are signed, so that times which go back are not idle.
        var low = Vector256.GreaterThan((current - Vector256.LoadUnsafe(ref last)).AsInt32(), limit);
        var high = Vector256.GreaterThan((current - Vector256.LoadUnsafe(ref last, 8)).AsInt32(), limit);
        var idle = low.ExtractMostSignificantBits() | (high.ExtractMostSignificantBits() << 8);
        return idle == 0 ? 0 : idle & ~MatchTags(line, EmptyTag);
    }

    /// <summary>The record at a position of a line's order.</summary>
    public int At(int line, int position) => (line * Slots) + LineOrder.SlotAt(orders[line], position);

    private static uint Tag(ulong hash) => (uint)(hash >> 32) | 1;

    private uint MatchTags(int line, uint tag)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(tags);
        var wanted = Vector256.Create(tag);
        var at = (nuint)(line * Slots);
        var low = Vector256.Equals(Vector256.LoadUnsafe(ref first, at), wanted);
        var high = Vector256.Equals(Vector256.LoadUnsafe(ref first, at + 8), wanted);
        return low.ExtractMostSignificantBits() | (high.ExtractMostSignificantBits() << 8);
    }
}
