// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Contracts;
using Tci.Probe.Engine;

namespace Tci.Probe.Tests.Engine;

[TestClass]
public sealed class RequestFileTests
{
    private static readonly DateTimeOffset s_deadline = DateTimeOffset.UnixEpoch.AddTicks(17_000_000_001_234_567);

    [TestMethod]
    public void It_says_what_was_asked()
    {
        var limits = new JobLimits { Duration = TimeSpan.FromMilliseconds(10.5), Bytes = 1000, Packets = 5 };
        var request = RequestFile.Of(EndedId("job-1"), new ArmCapture(new PointId("local/eth0"), "afpacket:eth0", "tcp", 96, limits, s_deadline), fast: false, "/keys");
        Assert.AreEqual(
            """{"version":1,"id":"job-1.0","source":"afpacket:eth0","filter":"tcp","snaplen":96,"fast":false,"limits":"""
                + """{"durationMs":11,"bytes":1000,"packets":5},"deadlineUnixNs":1700000000123456700,"arm":true}""",
            JsonSerializer.Serialize(request, ContractJson.Options));
    }

    [TestMethod]
    public void What_was_not_asked_is_left_out()
    {
        var request = RequestFile.Of(
            EndedId("job-a@b"), new ArmCapture(new PointId("local/eth0"), "afpacket:eth0", "", null, new JobLimits { Packets = 1 }, s_deadline), fast: true, "/keys");
        Assert.AreEqual(
            """{"version":1,"id":"job-a_b.0","source":"afpacket:eth0","filter":"","fast":true,"limits":"""
                + """{"packets":1},"deadlineUnixNs":1700000000123456700,"arm":true}""",
            JsonSerializer.Serialize(request, ContractJson.Options));
    }

    [TestMethod]
    public void What_is_done_to_packets_is_in_the_engines_words()
    {
        var asked = new ArmCapture(new PointId("local/eth0"), "afpacket:eth0", "", null, new JobLimits { Packets = 1 }, s_deadline);
        Assert.AreEqual(
            """{"sampling":{"oneIn":10,"by":"flow"},"cut":{"connectionBytes":4096},"anonymise":{"addresses":"crypto-pan","payload":"remove","keyFile":"/keys/campus"}}""",
            Stages(asked with
            {
                Sampling = new() { OneIn = 10, By = SamplingUnit.Flow },
                Cut = new() { ConnectionBytes = 4096 },
                Anonymise = new() { Key = "campus", RemovePayload = true },
            }));
        Assert.AreEqual(
            """{"sampling":{"oneIn":2,"by":"packet"},"anonymise":{"addresses":"keep","payload":"remove"}}""",
            Stages(asked with { Sampling = new() { OneIn = 2 }, Anonymise = new() { RemovePayload = true } }));
    }

    private static string Stages(ArmCapture asked)
    {
        var request = RequestFile.Of(EndedId("job-1"), asked, fast: false, "/keys");
        return JsonSerializer.Serialize(new { request.Sampling, request.Cut, request.Anonymise }, ContractJson.Options);
    }

    private static CaptureId EndedId(string job) => new(new ProbeId("local"), new JobId(job), 0);
}
