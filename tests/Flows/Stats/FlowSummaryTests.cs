// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json.Nodes;
using Tci.Flows.Stats;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Stats;

[TestClass]
public sealed class FlowSummaryTests
{
    private const string Header = "ipaddr DST_IP,ipaddr SRC_IP,uint64 BYTES,uint64 BYTES_REV,time TIME_FIRST,time TIME_LAST,uint32 PACKETS,uint32 PACKETS_REV,uint16 DST_PORT,uint16 SRC_PORT,uint8 PROTOCOL\n";
    private readonly TempFolder folder = new();

    [TestCleanup]
    public void Remove() => folder.Dispose();

    [TestMethod]
    public void A_flow_counts_evenly_over_the_time_it_lasted()
    {
        var steps = Timeline("2026-03-01T12:00:00,2026-03-01T12:04:59.5", "2026-03-01T12:01:00,2026-03-01T12:01:00.5")["steps"]!.AsArray();
        Assert.AreEqual(1, (int)steps[0]!["flows"]!);
        Assert.AreEqual(1, (int)steps[30]!["flows"]!);
        Assert.AreEqual(2, steps.Sum(s => (int)s!["flows"]!));
        // 3000 bytes over 150 steps of two seconds, and the short flow's 3000 at once.
        Assert.AreEqual((20, 20, 3020), ((int)steps[0]!["bytes"]!, (int)steps[149]!["bytes"]!, (int)steps[30]!["bytes"]!));
    }

    [TestMethod]
    [DataRow("2026-03-01T12:00:00.0001,2026-03-01T12:00:00.2", 0.001)]
    [DataRow("2026-03-01T12:00:00,2026-03-01T12:00:20", 0.1)]
    [DataRow("2026-03-01T12:00:00,2026-03-02T12:00:00", 300.0)]
    [DataRow("1970-01-01T00:00:00,2026-03-01T12:00:00", 86400.0 * 69)]
    [DataRow("2026-03-01T12:00:05,2026-03-01T12:00:00", 0.001)]
    [DataRow("2026-03-01T12:00:10,2026-03-01T12:00:05;2026-03-01T12:00:03,2026-03-01T12:00:04", 0.01)]
    public void Steps_are_few_and_cover_all(string times, double stepSeconds)
    {
        var timeline = Timeline(times.Split(';'));
        Assert.AreEqual(stepSeconds, (double)timeline["stepSeconds"]!);
        Assert.IsInRange(1, FlowTimeline.StepsMax, timeline["steps"]!.AsArray().Count);
    }

    [TestMethod]
    public void A_table_without_flows_has_no_timeline()
    {
        folder.Write("flow.csv", ""u8.ToArray());
        FlowSummary.Write(folder.Path);
        var summary = JsonNode.Parse(File.ReadAllText(folder[FlowSummary.FileName]))!;
        Assert.IsNull(summary["timeline"]);
        Assert.AreEqual((1, 0), ((int)summary["format"]!, (int)summary["flows"]!["flows"]!));
    }

    [TestMethod]
    public void A_damaged_table_leaves_nothing_behind()
    {
        folder.Write("flow.csv", System.Text.Encoding.ASCII.GetBytes(Header + "1,2\n"));
        Assert.ThrowsExactly<InvalidDataException>(() => FlowSummary.Write(folder.Path));
        CollectionAssert.AreEqual(new[] { "flow.csv" }, Directory.GetFiles(folder.Path).Select(Path.GetFileName).ToArray());
    }

    private static string Written(string time) => DateTime.Parse(time, System.Globalization.CultureInfo.InvariantCulture).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff");

    private JsonNode Timeline(params string[] times)
    {
        var rows = times.Select(t => $"10.0.0.2,10.0.0.1,1000,2000,{string.Join(',', t.Split(',').Select(Written))},3,0,443,1000,6\n");
        folder.Write("flow.csv", System.Text.Encoding.ASCII.GetBytes(Header + string.Concat(rows)));
        FlowSummary.Write(folder.Path);
        return JsonNode.Parse(File.ReadAllText(folder[FlowSummary.FileName]))!["timeline"]!;
    }
}
