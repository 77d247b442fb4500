// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Index;

/// <summary>Which rows, in which order, how many.</summary>
public sealed record FlowQuery
{
    /// <summary>The most rows of one answer.</summary>
    public const int LimitMax = 10_000;

    /// <summary>Conditions that all have to hold.</summary>
    public IReadOnlyList<FlowCondition> Where { get; init; } = [];

    /// <summary>The order of the rows.</summary>
    public FlowOrder Order { get; init; } = FlowOrder.Row;

    /// <summary>The order backwards, equal rows too.</summary>
    public bool Descending { get; init; }

    /// <summary>0, or <see cref="FlowPage.Next"/> of the answer before, to the same query on the same table.</summary>
    public long Start { get; init; }

    /// <summary>Rows wanted, 1 to <see cref="LimitMax"/>.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>Some rows of a table.</summary>
/// <param name="Rows">In the order asked for.</param>
/// <param name="Matching">How many rows of the whole table fulfil the conditions.</param>
/// <param name="Next">Where the rest begins; null when there is none.</param>
public sealed record FlowPage(IReadOnlyList<FlowTableRow> Rows, long Matching, long? Next);

/// <summary>A row of flow.csv.</summary>
/// <param name="Number">Its place in flow.csv, from 0.</param>
/// <param name="Text">The row as it is in the file, without its line feed.</param>
/// <param name="Cells">Its values in the order of <see cref="FlowTableReader.Columns"/>, texts without their quotes.</param>
public sealed record FlowTableRow(long Number, string Text, IReadOnlyList<string> Cells);
