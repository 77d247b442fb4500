// SPDX-License-Identifier: BSD-3-Clause
using System.Text;

namespace Tci.Flows.Csv;

/// <summary>Neighbouring columns of one group, and the text of them all in a flow that has nothing of that group.</summary>
internal sealed record Segment(FieldGroup Group, Field[] Fields, byte[] WhenAbsent)
{
    public static Segment[] Of(IEnumerable<Column> columns)
    {
        var segments = new List<List<Column>>();
        foreach (var column in columns)
        {
            if (segments.Count == 0 || segments[^1][0].Group != column.Group)
                segments.Add([]);
            segments[^1].Add(column);
        }
        return [.. segments.Select(Make)];
    }

    private static Segment Make(List<Column> columns)
    {
        var absent = string.Concat(columns.Select(column => column.EmptyText + ","));
        return new Segment(columns[0].Group, [.. columns.Select(column => column.Field)], Encoding.ASCII.GetBytes(absent));
    }
}
