// SPDX-License-Identifier: BSD-3-Clause
using System.Numerics;

namespace Tci.Flows.Index;

/// <summary>Finds the rows for which all conditions hold, block by block, reading only the columns the conditions look at.</summary>
internal sealed class RowFilter(PageReader pages, IndexFooter footer, IReadOnlyList<FlowCondition> conditions)
{
    private readonly BlockReader blocks = new(pages, footer);
    private readonly bool[] holds = new bool[IndexFormat.BlockRows];
    private readonly bool[] any = new bool[IndexFormat.BlockRows];

    /// <exception cref="FlowIndexException">The index is damaged.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two blocks.</exception>
    public RowBits Find(CancellationToken cancellation)
    {
        var names = conditions.Select(condition => condition.Name is null ? null : NameFilter.Find(pages, footer, condition, cancellation)).ToArray();
        var found = new RowBits(footer.Rows);
        for (var block = 0L; block < blocks.Blocks; block++)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = blocks.RowsOf(block);
            holds.AsSpan(0, rows).Fill(true);
            for (var i = 0; i < conditions.Count && holds.AsSpan(0, rows).Contains(true); i++)
                Apply(conditions[i], names[i], block, rows);
            for (var i = 0; i < rows; i++)
            {
                if (holds[i])
                    found.Set((block * IndexFormat.BlockRows) + i);
            }
        }
        return found;
    }

    private void Apply(FlowCondition condition, RowBits? names, long block, int rows)
    {
        any.AsSpan(0, rows).Clear();
        if (names is not null)
            MarkNames(names, block);
        foreach (var column in condition.Columns)
            Mark(column, condition, block);
        for (var i = 0; i < rows; i++)
            holds[i] &= any[i] != condition.Negated;
    }

    private void MarkNames(RowBits names, long block)
    {
        var numbers = blocks.Read<uint>(block, IndexColumn.Name);
        for (var i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] > footer.Names)
                throw new FlowIndexException(FlowIndexFault.Damaged, $"there is no name {numbers[i]}");
            any[i] = names[numbers[i]];
        }
    }

    private void Mark(ConditionColumn column, FlowCondition condition, long block)
    {
        switch (column)
        {
            case ConditionColumn.First:
                MarkRange(blocks.Read<ulong>(block, IndexColumn.First), condition);
                break;
            case ConditionColumn.Last:
                MarkRange(blocks.Read<ulong>(block, IndexColumn.Last), condition);
                break;
            case ConditionColumn.Duration:
                MarkDurations(condition, block);
                break;
            case ConditionColumn.Bytes:
                MarkRange(blocks.Read<ulong>(block, IndexColumn.Bytes), condition);
                break;
            case ConditionColumn.Packets:
                MarkRange(blocks.Read<ulong>(block, IndexColumn.Packets), condition);
                break;
            case ConditionColumn.Source:
                MarkRange(blocks.Read<UInt128>(block, IndexColumn.Source), condition);
                break;
            case ConditionColumn.Destination:
                MarkRange(blocks.Read<UInt128>(block, IndexColumn.Destination), condition);
                break;
            case ConditionColumn.SourcePort:
                MarkRange(blocks.Read<ushort>(block, IndexColumn.SourcePort), condition);
                break;
            case ConditionColumn.DestinationPort:
                MarkRange(blocks.Read<ushort>(block, IndexColumn.DestinationPort), condition);
                break;
            case ConditionColumn.Protocol:
                MarkRange(blocks.Read<byte>(block, IndexColumn.Protocol), condition);
                break;
        }
    }

    private void MarkRange<T>(ReadOnlySpan<T> values, FlowCondition condition)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        // A range beyond the type's values matches none of them.
        if (condition.Low > condition.High || condition.Low > UInt128.CreateTruncating(T.MaxValue))
            return;
        var low = T.CreateTruncating(condition.Low);
        var high = T.CreateSaturating(condition.High);
        for (var i = 0; i < values.Length; i++)
            any[i] |= values[i] >= low && values[i] <= high;
    }

    private void MarkDurations(FlowCondition condition, long block)
    {
        var first = blocks.Read<long>(block, IndexColumn.First);
        var last = blocks.Read<long>(block, IndexColumn.Last);
        for (var i = 0; i < first.Length; i++)
        {
            var duration = OrderKeys.Duration(first[i], last[i]);
            any[i] |= duration >= condition.Low && duration <= condition.High;
        }
    }
}
