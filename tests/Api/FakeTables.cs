// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Tests;

/// <summary>Flow tables and run logs that answer what a test says.</summary>
internal sealed class FakeTables : IFlowTables, IRunLogs
{
    public Func<FlowTableQuery, CancellationToken, Task<Answer<FlowTablePage>>> OnPage { get; set; } = (_, _) => throw new InvalidOperationException("Page was not expected.");

    public Func<CaptureId, string, Task<Answer<FlowTableSummary>>> OnSummary { get; set; } = (_, _) => throw new InvalidOperationException("Summary was not expected.");

    public Func<RunId, Task<Answer<RunLog>>> OnLog { get; set; } = _ => throw new InvalidOperationException("Log was not expected.");

    public Task<Answer<FlowTablePage>> Page(FlowTableQuery query, CancellationToken cancel) => OnPage(query, cancel);

    public Task<Answer<FlowTableSummary>> Summary(CaptureId capture, string path, CancellationToken cancel) => OnSummary(capture, path);

    public Task<Answer<RunLog>> Read(RunId run, CancellationToken cancel) => OnLog(run);
}
