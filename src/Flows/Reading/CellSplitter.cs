// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Reading;

/// <summary>Finds the cells of a row: commas outside quotes end them.</summary>
internal static class CellSplitter
{
    /// <summary>Stores where each cell ends. Returns the number of cells, one more than there is room for when there are too many, -1 for a quote that stays open.</summary>
    public static int Split(ReadOnlySpan<byte> row, Span<int> ends)
    {
        int count = 0, at = 0;
        while (true)
        {
            var step = row[at..].IndexOfAny((byte)',', (byte)'"');
            if (step >= 0 && row[at + step] == '"')
            {
                // A doubled quote closes and opens again, which comes to the same.
                var close = row[(at + step + 1)..].IndexOf((byte)'"');
                if (close < 0)
                    return -1;
                at += step + close + 2;
                continue;
            }
            if (count == ends.Length)
                return count + 1;
            at = step < 0 ? row.Length : at + step;
            ends[count++] = at++;
            if (step < 0)
                return count;
        }
    }
}
