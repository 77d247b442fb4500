// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Contracts;
using Tci.Probe.Installation;
using Tci.Probe.Processing;
using Tci.Probe.Tests.Stage;

namespace Tci.Probe.Tests.Processing;

[TestClass]
public sealed class FlowsProcessorTests
{
    private static readonly RunId s_run = new(EndedCapture.Id, 0);
    private readonly TempFolder _data = new();

    [TestCleanup]
    public void Clean() => _data.Dispose();

    [TestMethod]
    public async Task Flows_of_a_capture_become_flow_csv()
    {
        var done = await Run(PcapText.File(Udp(), [.. Enumerable.Range(0, 3).Select(i => 1_700_000_000_000_000_000 + i)]), null);
        Assert.AreEqual(WorkState.Done, done.State, done.Problem?.Message);
        Assert.IsNull(done.Problem);
        CollectionAssert.AreEqual(new[] { "flow.csv", "flow.idx", "flow.summary.json" }, done.Files.Select(f => f.Path).ToArray());
        var lines = File.ReadAllLines(Path.Combine(EndedCapture.Folder(_data), "data/flow.csv"));
        Assert.HasCount(2, lines);
        StringAssert.StartsWith(lines[0], "ipaddr DST_IP,");
        StringAssert.StartsWith(lines[1], "10.0.0.2,10.0.0.1,");
    }

    [TestMethod]
    public async Task Tables_are_made_where_they_are_asked_for()
    {
        var done = await Run(PcapText.File(Udp(), 1_700_000_000_000_000_000), """{"tables":true}""");
        Assert.AreEqual(WorkState.Done, done.State, done.Problem?.Message);
        CollectionAssert.AreEquivalent(new[] { "flow.csv", "http.csv", "tls.csv", "dns.csv", "flow.idx", "flow.summary.json" }, done.Files.Select(f => f.Path).ToArray());
        StringAssert.StartsWith(File.ReadAllText(Path.Combine(EndedCapture.Folder(_data), "data/tls.csv")), "os_family,os_type,os_version,TLS_VERSION");
    }

    [TestMethod]
    public async Task A_damaged_capture_gives_what_came_before_and_says_so()
    {
        var done = await Run(PcapText.File(Udp(), 1_700_000_000_000_000_000, 1_700_000_001_000_000_000)[..^3], """{"mode":"compatible","linkBitField":7}""");
        Assert.AreEqual(WorkState.Done, done.State, done.Problem?.Message);
        Assert.AreEqual(ProblemCodes.SourceDamaged, done.Problem!.Code);
        StringAssert.Contains(done.Problem.Message, "traffic.pcap");
        Assert.IsFalse(done.Problem.Message.Contains(_data.Path, StringComparison.Ordinal), done.Problem.Message);
        Assert.HasCount(2, File.ReadAllLines(Path.Combine(EndedCapture.Folder(_data), "data/flow.csv")));
    }

    [TestMethod]
    [DataRow("""{"mode":"fast"}""")]
    [DataRow("""{"mode":1}""")]
    [DataRow("""{"linkBitField":-1}""")]
    [DataRow("""{"tables":"all"}""")]
    [DataRow("""{"output":"/etc"}""")]
    [DataRow("""["--help"]""")]
    public void Parameters_it_does_not_know_are_refused(string parameters)
    {
        var problem = new FlowsProcessor().Plan(JsonDocument.Parse(parameters).RootElement, "in", "out").Problem;
        Assert.AreEqual(ProblemCodes.InvalidRequest, problem?.Code);
        Assert.AreEqual("processing.parameters", problem!.Field);
    }

    [TestMethod]
    public async Task Its_flows_can_be_paged_its_summary_read_and_its_log_too()
    {
        var done = await Run(PcapText.File(Udp(), [.. Enumerable.Range(0, 3).Select(i => 1_700_000_000_000_000_000 + i)]), null);
        Assert.AreEqual(WorkState.Done, done.State, done.Problem?.Message);
        await using var probe = await ProbeStage.Open(_data);
        var tables = probe.Get<IFlowTables>();
        var page = (await tables.Page(new FlowTableQuery(EndedCapture.Id, "flow.csv", ["dst_port=2000"], "bytes", true, 0, 10), default)).Value!;
        Assert.AreEqual((1L, 1L, null), (page.Rows, page.Matching, page.Next));
        var port = page.Columns.Select((c, i) => (c.Name, i)).First(c => c.Name == "SRC_PORT").i;
        Assert.AreEqual("1000", page.Items[0].Cells[port]);
        var summary = (await tables.Summary(EndedCapture.Id, "flow.csv", default)).Value!;
        Assert.AreEqual((1L, 3L, 2), (summary.Flows.Flows, summary.Flows.Packets, summary.Flows.Talkers.Items.Count));
        Assert.AreEqual(3L, summary.Timeline!.Steps.Sum(s => s.Packets));
        var log = (await probe.Get<IRunLogs>().Read(s_run, default)).Value!;
        Assert.IsTrue(log.Lines.Any(l => l.Error && l.Text.Contains("3 packets", StringComparison.Ordinal)), string.Join('\n', log.Lines));
        Assert.IsFalse(log.Lines.Any(l => l.Text.Contains(_data.Path, StringComparison.Ordinal)));
        await Refuses(tables);
    }

    private static async Task Refuses(IFlowTables tables)
    {
        var asked = new FlowTableQuery(EndedCapture.Id, "flow.csv", [], "row", false, 0, 10);
        (FlowTableQuery Query, string Code)[] wrong =
        [
            (asked with { Where = ["dst_port~4"] }, ProblemCodes.InvalidRequest), (asked with { Where = [.. Enumerable.Repeat("port=1", 17)] }, ProblemCodes.InvalidRequest),
            (asked with { Sort = "colour" }, ProblemCodes.InvalidRequest), (asked with { Limit = 0 }, ProblemCodes.InvalidRequest), (asked with { Start = 2 }, ProblemCodes.InvalidRequest),
            (asked with { Start = -1 }, ProblemCodes.InvalidRequest), (asked with { Path = "../data/flow.csv" }, ProblemCodes.NotFound), (asked with { Path = "info.json" }, ProblemCodes.NotFound),
            (asked with { Path = "/etc/passwd" }, ProblemCodes.NotFound), (asked with { Capture = new CaptureId("other/job-a.0") }, ProblemCodes.Unreachable),
        ];
        foreach (var (query, code) in wrong) Assert.AreEqual(code, (await tables.Page(query, default)).Problem?.Code, query.ToString());
    }

    private async Task<WorkView> Run(byte[] traffic, string? parameters)
    {
        if (Programs.Find("tci-flows").Problem is { } problem) Assert.Inconclusive(problem.Message);
        EndedCapture.Make(_data, ("traffic.0.0.pcap", traffic));
        await using var probe = await ProbeStage.Open(_data);
        await Eventually.Get(() => probe.Files.Collect(EndedCapture.Id), a => a.Value?.State == WorkState.Done, "collecting");
        JsonElement? given = parameters is null ? null : JsonDocument.Parse(parameters).RootElement;
        Assert.IsNull((await probe.Processors.Begin(s_run, new BeginRun(EndedCapture.Id, "flows", given, DateTimeOffset.UtcNow.AddMinutes(2)))).Problem);
        return (await Eventually.Get(() => probe.Processors.Look(s_run), a => a.Value?.State is WorkState.Done or WorkState.Failed, "the run")).Value!;
    }

    // 10.0.0.1:1000 to 10.0.0.2:2000, UDP, four bytes of payload.
    private static byte[] Udp() =>
    [
        2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0,
        0x45, 0, 0, 32, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
        1000 >> 8, 1000 & 255, 2000 >> 8, 2000 & 255, 0, 12, 0, 0, 1, 2, 3, 4,
    ];
}
