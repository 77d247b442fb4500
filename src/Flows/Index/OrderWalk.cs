// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.InteropServices;

namespace Tci.Flows.Index;

/// <summary>Walks the rows in an order and takes those that match.</summary>
internal sealed class OrderWalk(PageReader pages, IndexFooter footer)
{
    private const int RowsAtOnce = 16_384;

    private readonly uint[] loaded = new uint[RowsAtOnce];
    private long loadedFrom = -1;

    /// <summary>The numbers of up to <see cref="FlowQuery.Limit"/> rows, and the place of the next that matches.</summary>
    /// <param name="query">Order, start and limit are used.</param>
    /// <param name="matching">The rows that match; null for all.</param>
    /// <param name="cancellation">Looked at now and then.</param>
    public (List<long> Rows, long? Next) Take(FlowQuery query, RowBits? matching, CancellationToken cancellation)
    {
        var rows = new List<long>();
        for (var place = query.Start; place < footer.Rows; place++)
        {
            if (place % RowsAtOnce == 0)
                cancellation.ThrowIfCancellationRequested();
            var row = RowAt(query.Order, query.Descending ? footer.Rows - 1 - place : place);
            if (matching is not null && !matching[row])
                continue;
            if (rows.Count == query.Limit)
                return (rows, place);
            rows.Add(row);
        }
        return (rows, null);
    }

    private long RowAt(FlowOrder order, long place)
    {
        if (order == FlowOrder.Row)
            return place;
        var from = place - (place % RowsAtOnce);
        if (from != loadedFrom)
        {
            var count = (int)Math.Min(RowsAtOnce, footer.Rows - from);
            pages.Read(footer.OrderStart(order) + (from * sizeof(uint)), MemoryMarshal.AsBytes(loaded.AsSpan(0, count)));
            loadedFrom = from;
        }
        var row = loaded[place - from];
        return row < footer.Rows ? row : throw new FlowIndexException(FlowIndexFault.Damaged, $"an order names row {row} of {footer.Rows}");
    }
}
