// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;

namespace Tci.Api.Tests.Flows;

[TestClass]
public sealed class FlowTableTests
{
    private static readonly FlowTopList s_none = new([], 0, 0);
    private static readonly byte[] s_csv = "uint64 BYTES\n1\n"u8.ToArray();
    private Server _server = null!;

    internal static FlowTotals NoFlows => new(0, 0, 0, null, null, [], s_none, s_none, s_none, []);

    [TestInitialize]
    public async Task Start() => _server = await Server.Start(new ApiOptions { FlowsDeadline = TimeSpan.FromSeconds(1) });

    [TestCleanup]
    public async Task Stop() => await _server.DisposeAsync();

    [TestMethod]
    public async Task A_page_is_asked_of_the_probe_that_has_the_table()
    {
        await Store("flow.csv");
        FlowTableQuery? asked = null;
        _server.Tables.OnPage = (query, _) =>
        {
            asked = query;
            return FakeGrains.Answers<FlowTablePage>(new FlowTablePage([new("BYTES", "uint64")], [new(7, ["18446744073709551615"])], 100, 9, 40));
        };
        var page = await _server.GetJson("/api/v1/jobs/job-a/flows?where=dst_port%3D443&where=name~x&sort=bytes&desc=true&limit=1&cursor=39");
        Assert.AreEqual((Samples.Capture, "data/flow.csv", "bytes", true, 39L, 1), (asked!.Capture, asked.Path, asked.Sort, asked.Descending, asked.Start, asked.Limit));
        CollectionAssert.AreEqual(new[] { "dst_port=443", "name~x" }, asked.Where.ToArray());
        Assert.AreEqual(
            """{"columns":[{"name":"BYTES","type":"uint64"}],"items":[{"row":7,"cells":["18446744073709551615"]}],"rows":100,"matching":9,"next":"40"}""", page.ToJsonString());
    }

    [TestMethod]
    public async Task The_summary_is_that_of_the_table()
    {
        await Store("flow.csv");
        _server.Tables.OnSummary = (capture, path) => FakeGrains.Answers<FlowTableSummary>(
            new FlowTableSummary(1, NoFlows with { Flows = 3 }, new FlowTimeline(Samples.Noon, 0.1, [new(3, 4, 5)])));
        var summary = await _server.GetJson("/api/v1/jobs/job-a/flows/summary");
        Assert.AreEqual((3, 5), ((int)summary["flows"]!["flows"]!, (int)summary["timeline"]!["steps"]![0]!["bytes"]!));
    }

    [TestMethod]
    public async Task Of_several_tables_one_must_be_named()
    {
        await Store("0-local-a/flow.csv", "1-local-b/flow.csv");
        _server.Tables.OnPage = (query, _) => FakeGrains.Answers<FlowTablePage>(new FlowTablePage([], [], query.Path.Length, 0, null));
        var problem = await Server.Problem(await _server.Get("/api/v1/jobs/job-a/flows"), 400, ProblemCodes.InvalidRequest);
        StringAssert.Contains((string)problem["detail"]!, "0-local-a/flow.csv, 1-local-b/flow.csv");
        Assert.AreEqual("data/1-local-b/flow.csv".Length, (int)(await _server.GetJson("/api/v1/jobs/job-a/flows?file=1-local-b/flow.csv"))["rows"]!);
        await Server.Problem(await _server.Get("/api/v1/jobs/job-a/flows?file=../flow.csv"), 404, ProblemCodes.NotFound);
    }

    [TestMethod]
    public async Task A_data_set_without_flows_is_404_and_says_how_to_get_them()
    {
        await Store("traffic.pcap");
        var problem = await Server.Problem(await _server.Get("/api/v1/jobs/job-a/flows/summary"), 404, ProblemCodes.NotFound);
        StringAssert.Contains((string)problem["detail"]!, "processor flows");
    }

    [TestMethod]
    [DataRow("limit=0", "limit")]
    [DataRow("limit=1001", "limit")]
    [DataRow("cursor=-1", "cursor")]
    [DataRow("cursor=99999999999999999999", "cursor")]
    public async Task Parameters_out_of_range_are_refused(string query, string field)
    {
        await Store("flow.csv");
        var problem = await Server.Problem(await _server.Get("/api/v1/jobs/job-a/flows?" + query), 400, ProblemCodes.InvalidRequest);
        Assert.AreEqual(field, (string?)problem["field"]);
    }

    [TestMethod]
    public async Task A_probe_that_does_not_answer_is_503_in_time_and_is_told_to_stop()
    {
        await Store("flow.csv");
        var told = new TaskCompletionSource();
        _server.Tables.OnPage = (_, cancel) =>
        {
            cancel.Register(told.SetResult);
            return FakeGrains.Never<FlowTablePage>();
        };
        await Server.Problem(await _server.Get("/api/v1/jobs/job-a/flows"), 503, ProblemCodes.DeadlinePassed);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(5));
    }

    private Task Store(params string[] paths) => Samples.Store(_server, JobState.Done, dataSet: Samples.DataSet(_server.Files, [.. paths.Select(p => (p, s_csv))]));
}
