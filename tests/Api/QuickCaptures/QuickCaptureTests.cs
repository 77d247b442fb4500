// SPDX-License-Identifier: BSD-3-Clause
using Tci.Api.QuickCaptures;
using Tci.Contracts;

namespace Tci.Api.Tests.QuickCaptures;

[TestClass]
public sealed class QuickCaptureTests
{
    [TestMethod]
    [DataRow("192.0.2.7", "host 192.0.2.7")]
    [DataRow("2001:DB8::7", "host 2001:db8::7")]
    [DataRow("192.0.2.0/24", "net 192.0.2.0/24")]
    [DataRow("2001:db8::/32", "net 2001:db8::/32")]
    [DataRow("0.0.0.0/0", "net 0.0.0.0/0")]
    [DataRow("192.0.2.7/24", null)]
    [DataRow("10.1", null)]
    [DataRow("10.1/16", null)]
    [DataRow("1", null)]
    [DataRow("192.0.2.7 or tcp", null)]
    [DataRow("example.org", null)]
    [DataRow("fe80::1%eth0", null)]
    [DataRow("", null)]
    [DataRow("192.0.2.0/33", null)]
    public void A_target_is_an_address_or_a_network_and_nothing_else(string target, string? filter)
    {
        var spec = new QuickCapture(target, [new PointId("local/veth0")]).Spec();
        Assert.AreEqual(filter, spec.Value?.Filter);
        if (filter is null) Assert.AreEqual("target", spec.Problem!.Field);
        else Assert.AreEqual(TimeSpan.FromHours(1), spec.Value!.Limits.Duration);
    }

    [TestMethod]
    public async Task One_call_hands_the_job_in_once()
    {
        await using var server = await Server.Start();
        var submitted = new List<SubmitJob>();
        server.Grains.OnPoint = id => FakeGrains.Answers<PointView>(Samples.Point(id.Value));
        server.Grains.OnSubmit = (_, job) =>
        {
            submitted.Add(job);
            return FakeGrains.Answers<JobView>(Samples.View(JobState.Waiting));
        };
        var response = await server.Post("/api/v1/quick-captures", """{"target":"192.0.2.7","points":["local/veth0","local/veth1"],"duration":"PT30M","snaplen":128}""", ("Idempotency-Key", "alarm-1"));
        Assert.AreEqual(201, (int)response.StatusCode, await response.Content.ReadAsStringAsync());
        Assert.StartsWith("/api/v1/jobs/job-", response.Headers.Location!.ToString());
        var spec = submitted.Single().Spec;
        Assert.AreEqual("host 192.0.2.7", spec.Filter);
        Assert.AreEqual(TimeSpan.FromMinutes(30), spec.Limits.Duration);
        Assert.HasCount(2, spec.Points);
        Assert.AreEqual(JobPriority.High, spec.Priority);
        Assert.IsNull(spec.StartAt);
    }
}
