// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>
/// Reads tables of flows (flow.csv) of finished captures from the probe that holds them, through the index and the summary that were made with them.
/// Never goes through a grain. A table without these is a <see cref="ProblemCodes.NotFound"/>.
/// </summary>
public interface IFlowTables
{
    /// <summary>Some rows of a table, sorted and filtered, without reading it whole. A condition that cannot be read is <see cref="ProblemCodes.InvalidRequest"/>.</summary>
    Task<Answer<FlowTablePage>> Page(FlowTableQuery query, CancellationToken cancel);

    /// <summary>What is in a table, counted when it was made.</summary>
    /// <param name="capture">Whose it is.</param>
    /// <param name="path">Of the flow.csv there.</param>
    Task<Answer<FlowTableSummary>> Summary(CaptureId capture, string path, CancellationToken cancel);
}

/// <param name="Path">Of the flow.csv there, as its <see cref="DataFile"/> says.</param>
/// <param name="Where">Conditions that all have to hold, <c>FIELD OPERATOR VALUE</c>: <c>dst_port=443</c>, <c>addr=10.0.0.0/8</c>, <c>name~example</c>.</param>
/// <param name="Sort">row, time, duration, bytes, packets, src, dst, src_port or dst_port.</param>
/// <param name="Start">0, or <see cref="FlowTablePage.Next"/> of the page before.</param>
/// <param name="Limit">1 to 1000.</param>
public sealed record FlowTableQuery(CaptureId Capture, string Path, IReadOnlyList<string> Where, string Sort, bool Descending, long Start, int Limit);

/// <param name="Rows">Of the whole table.</param>
/// <param name="Matching">Of these, how many fulfil the conditions.</param>
/// <param name="Next">Where the rest begins; null when there is none.</param>
public sealed record FlowTablePage(IReadOnlyList<FlowTableColumn> Columns, IReadOnlyList<FlowTableRow> Items, long Rows, long Matching, long? Next);

/// <param name="Name">Such as SRC_IP.</param>
/// <param name="Type">ipaddr, time, macaddr, string, bytes, or a number's: uint8 to uint64, int8 to int64; with <c>*</c> an array of it.</param>
public sealed record FlowTableColumn(string Name, string Type);

/// <param name="Row">Its place in flow.csv, from 0.</param>
/// <param name="Cells">Its values in the order of the columns, as flow.csv has them, texts without their quotes.</param>
public sealed record FlowTableRow(long Row, IReadOnlyList<string> Cells);

/// <summary>The content of flow.summary.json (docs/formats/flow-summary.md).</summary>
/// <param name="Format">Version of the form.</param>
/// <param name="Timeline">Null where there are no flows.</param>
public sealed record FlowTableSummary(int Format, FlowTotals Flows, FlowTimeline? Timeline);

/// <summary>Sums and the largest, in IP bytes of both directions.</summary>
/// <param name="First">Earliest beginning of a flow.</param>
/// <param name="Last">Latest end of a flow.</param>
/// <param name="Protocols">By IP protocol, the one of most bytes first.</param>
/// <param name="Talkers">Addresses, either side.</param>
/// <param name="Ports">The lower port of TCP and UDP flows, <c>tcp/443</c>.</param>
/// <param name="Names">By where they were seen, <c>tls www.example.org</c>.</param>
/// <param name="Durations">Flows by their duration.</param>
public sealed record FlowTotals(
    long Flows,
    long Packets,
    long Bytes,
    DateTimeOffset? First,
    DateTimeOffset? Last,
    IReadOnlyList<FlowShare> Protocols,
    FlowTopList Talkers,
    FlowTopList Ports,
    FlowTopList Names,
    IReadOnlyList<FlowBucket> Durations);

public sealed record FlowShare(string Name, long Flows, long Packets, long Bytes);

/// <param name="Items">The largest first, at most 100.</param>
/// <param name="Distinct">How many different ones there are; with MissedBytes above 0, how many were counted at the end.</param>
/// <param name="MissedBytes">The most that one may have more than it says; 0 when all numbers are exact.</param>
public sealed record FlowTopList(IReadOnlyList<FlowShare> Items, int Distinct, long MissedBytes);

public sealed record FlowBucket(string Label, long Count);

/// <param name="Begin">Of the first step.</param>
/// <param name="StepSeconds">Length of each.</param>
/// <param name="Steps">In order, those without traffic too; at most 300.</param>
public sealed record FlowTimeline(DateTimeOffset Begin, double StepSeconds, IReadOnlyList<FlowTimelineStep> Steps);

/// <param name="Flows">That began in it.</param>
/// <param name="Packets">The share of it: a flow counts evenly over all the time it lasted.</param>
/// <param name="Bytes">As Packets.</param>
public sealed record FlowTimelineStep(long Flows, long Packets, long Bytes);
