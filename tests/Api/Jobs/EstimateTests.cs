// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json.Nodes;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;

namespace Tci.Api.Tests.Jobs;

[TestClass]
public sealed class EstimateTests : OnePointTests
{
    private static readonly PointId s_point = new("local/veth0");

    [TestMethod]
    public async Task With_nothing_captured_only_limits_are_known()
    {
        var estimate = await Ask("", """{"duration":"PT10S"}""");
        Assert.IsNull(estimate["bytes"]);
        Assert.IsNull(estimate["bytesMax"]);
        Assert.AreEqual("Limits", (string?)estimate["points"]![0]!["basis"]);
        Assert.AreEqual(24 + (100 * (262_144 + 16)), (long)(await Ask("", """{"packets":100}"""))["bytesMax"]!);
    }

    // 10 s: 1000 packets of 100 bytes seen, 500 of them stored.
    [TestMethod]
    [DataRow("udp", """{"duration":"PT20S"}""", 24 + (1000 * 116), null, "SameFilter")]
    [DataRow("udp", """{"packets":10}""", 24 + (10 * 116), 24 + (10L * 262_160), "SameFilter")]
    [DataRow("udp", """{"duration":"PT20S","bytes":5000}""", 5000, 5000L, "SameFilter")]
    [DataRow("", """{"duration":"PT20S"}""", 24 + (2000 * 116), null, "AllTraffic")]
    [DataRow("tcp", """{"duration":"PT20S"}""", null, 24 + (2000 * 116L), "AllTraffic")]
    public async Task Recent_captures_tell_the_rate(string filter, string limits, int? bytes, long? most, string basis)
    {
        await Captured("udp");
        var estimate = await Ask(filter, limits);
        Assert.AreEqual((bytes, most, basis), ((int?)estimate["bytes"], (long?)estimate["bytesMax"], (string?)estimate["points"]![0]!["basis"]), estimate.ToString());
    }

    [TestMethod]
    public async Task A_snaplen_cuts_the_estimate()
    {
        await Captured("udp");
        var response = await Server.Post("/api/v1/jobs/estimate", """{"name":"n","points":["local/veth0"],"filter":"udp","snaplen":20,"limits":{"duration":"PT10S"}}""");
        Assert.AreEqual(24 + (500 * 36), (long)(await Server.Json(response))["bytes"]!);
    }

    private async Task<JsonNode> Ask(string filter, string limits)
    {
        var response = await Server.Post("/api/v1/jobs/estimate", $$"""{"name":"n","points":["local/veth0"],"filter":"{{filter}}","limits":{{limits}}}""");
        Assert.AreEqual(200, (int)response.StatusCode, await response.Content.ReadAsStringAsync());
        return await Server.Json(response);
    }

    private async Task Captured(string filter)
    {
        var counters = Samples.Counters(1000) with { Stored = new Traffic(500, 50_000) };
        var end = new CaptureEnd("duration", Samples.Noon, Samples.Noon.AddSeconds(10), null, null);
        var spec = Samples.Spec() with { Filter = filter };
        await Server.Jobs.Create(new JobSeed(Samples.Job, "ann", spec, Samples.Noon, null), Samples.Ann);
        await Server.Jobs.Record(Samples.View(JobState.Done) with { Spec = spec, Captures = [new JobCaptureView(Samples.Capture, s_point, CaptureState.Collected, counters, end, null)] }, null, [], null);
    }
}
