// SPDX-License-Identifier: BSD-3-Clause
using System.Numerics;

namespace Tci.Flows.Table;

/// <summary>
/// Flow records in lines of sixteen. What is needed to find one stands apart (<see cref="FlowLine"/>), so that a search or a
/// sweep touches a record only where it matters.
/// </summary>
/// <param name="capacity">Records; a power of two of at least 16.</param>
internal sealed class FlowTable(int capacity)
{
    private const int Slots = LineOrder.Slots;

    // Counters, header fields and handles; addresses are read when the flow ends.
    private const int HotLines = 3;

    private readonly FlatMemory<FlowRecord> records = new(capacity);
    private readonly FlatMemory<FlowLine> lines = new(capacity / Slots);

    public int Capacity => records.Count;

    public int Lines => lines.Count;

    public ref FlowRecord this[int index] => ref records[index];

    public int LineOf(ulong hash) => (int)(hash & (uint)(records.Count - 1)) / Slots;

    public bool IsEmpty(int index) => lines[index / Slots].IsEmpty(index % Slots);

    /// <summary>Index of the record with this hash, moved to the front of its line; -1 when there is none.</summary>
    public int Find(ulong hash)
    {
        var number = LineOf(hash);
        ref var line = ref lines[number];
        for (var candidates = line.Match(FlowLine.Tag(hash)); candidates != 0; candidates &= candidates - 1)
        {
            var slot = BitOperations.TrailingZeroCount(candidates);
            var index = (number * Slots) + slot;
            if (records[index].Hash == hash)
            {
                var order = line.Order;
                line.Order = LineOrder.Move(order, LineOrder.PositionOf(order, slot), 0);
                return index;
            }
        }
        return -1;
    }

    /// <summary>Index of the first empty record in the line's order; -1 when the line is full.</summary>
    public int FirstEmpty(int line)
    {
        var empty = lines[line].Match(FlowLine.EmptyTag);
        if (empty == 0)
            return -1;
        var order = lines[line].Order;
        var position = 0;
        while ((empty >> LineOrder.SlotAt(order, position) & 1) == 0)
            position++;
        return (line * Slots) + LineOrder.SlotAt(order, position);
    }

    /// <summary>Index of the last record of a full line, which is to make room.</summary>
    public int Last(int line) => At(line, Slots - 1);

    /// <summary>Puts the last slot of a line, just emptied, into its middle: a new flow has to prove itself.</summary>
    public void MoveLastToMiddle(int line) => lines[line].Order = LineOrder.Move(lines[line].Order, Slots - 1, Slots / 2);

    /// <summary>Marks a record as in use under its hash.</summary>
    public void Occupy(int index, ulong hash, long second) => lines[index / Slots].Occupy(index % Slots, hash, second);

    public void Touch(int index, long second) => lines[index / Slots].Touch(index % Slots, second);

    public void Clear(int index)
    {
        lines[index / Slots].Clear(index % Slots);
        records[index].Hash = 0;
        records[index].TcpFlags = records[index].TcpFlagsReverse = 0;
    }

    /// <summary>Slots of a line, one bit each, that were idle for at least <paramref name="seconds"/> at <paramref name="now"/>.</summary>
    public uint Idle(int line, long now, int seconds) => lines[line].Idle(now, seconds);

    /// <summary>The record at a position of a line's order.</summary>
    public int At(int line, int position) => (line * Slots) + LineOrder.SlotAt(lines[line].Order, position);

    /// <summary>Brings the line of a hash near.</summary>
    public void PrefetchLine(ulong hash) => lines.Prefetch(LineOf(hash), FlowLine.Bytes / 64);

    /// <summary>Brings the record of a hash near, where its line says that there may be one; its index, -1 where there is none.</summary>
    public int PrefetchRecord(ulong hash)
    {
        var number = LineOf(hash);
        var candidates = lines[number].Match(FlowLine.Tag(hash));
        if (candidates == 0)
            return -1;
        var index = (number * Slots) + BitOperations.TrailingZeroCount(candidates);
        records.Prefetch(index, HotLines);
        return index;
    }
}
