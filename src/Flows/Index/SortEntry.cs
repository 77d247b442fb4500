// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Index;

/// <summary>A row and what it is sorted by; equal keys keep the order of the rows.</summary>
internal readonly record struct SortEntry(UInt128 Key, uint Row) : IComparable<SortEntry>
{
    public int CompareTo(SortEntry other)
    {
        var order = Key.CompareTo(other.Key);
        return order != 0 ? order : Row.CompareTo(other.Row);
    }
}
