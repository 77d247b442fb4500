// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Index;

/// <summary>What each order sorts by.</summary>
internal static class OrderKeys
{
    /// <summary>Adds the keys of a block's rows.</summary>
    public static void Add(BlockReader blocks, long block, FlowOrder order, OrderSorter sorter)
    {
        switch (order)
        {
            case FlowOrder.Time:
                AddAll<ulong>(blocks, block, IndexColumn.First, sorter);
                break;
            case FlowOrder.Duration:
                AddDurations(blocks, block, sorter);
                break;
            case FlowOrder.Bytes:
                AddAll<ulong>(blocks, block, IndexColumn.Bytes, sorter);
                break;
            case FlowOrder.Packets:
                AddAll<ulong>(blocks, block, IndexColumn.Packets, sorter);
                break;
            case FlowOrder.Source:
                AddAll<UInt128>(blocks, block, IndexColumn.Source, sorter);
                break;
            case FlowOrder.Destination:
                AddAll<UInt128>(blocks, block, IndexColumn.Destination, sorter);
                break;
            case FlowOrder.SourcePort:
                AddAll<ushort>(blocks, block, IndexColumn.SourcePort, sorter);
                break;
            case FlowOrder.DestinationPort:
                AddAll<ushort>(blocks, block, IndexColumn.DestinationPort, sorter);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(order));
        }
    }

    /// <summary>Microseconds; a flow whose clock went back lasted no time.</summary>
    public static ulong Duration(long first, long last) => (ulong)Math.Max(0, last - first);

    private static void AddAll<T>(BlockReader blocks, long block, IndexColumn column, OrderSorter sorter)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var row = (uint)(block * IndexFormat.BlockRows);
        foreach (var value in blocks.Read<T>(block, column))
            sorter.Add(UInt128.CreateTruncating(value), row++);
    }

    private static void AddDurations(BlockReader blocks, long block, OrderSorter sorter)
    {
        var row = (uint)(block * IndexFormat.BlockRows);
        var first = blocks.Read<long>(block, IndexColumn.First);
        var last = blocks.Read<long>(block, IndexColumn.Last);
        for (var i = 0; i < first.Length; i++)
            sorter.Add(Duration(first[i], last[i]), row++);
    }
}
