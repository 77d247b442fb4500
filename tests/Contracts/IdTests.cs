// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Tci.Contracts.Tests;

[TestClass]
public sealed class IdTests
{
    [TestMethod]
    [DataRow("local/eth0", true)]
    [DataRow("p-1/ndp:0", true)]
    [DataRow("local", false)]
    [DataRow("local/", false)]
    [DataRow("/eth0", false)]
    [DataRow("a/b/c", false)]
    [DataRow("local/../x", false)]
    [DataRow("local/.x", false)]
    [DataRow("local/a b", false)]
    [DataRow("local/\u00e9", false)]
    [DataRow("", false)]
    [DataRow(null, false)]
    public void A_point_is_probe_and_name(string? text, bool valid) => Assert.AreEqual(valid, PointId.TryParse(text, out _));

    [TestMethod]
    [DataRow("job-1", true)]
    [DataRow("job-", false)]
    [DataRow("job-1.2", false)]
    [DataRow("cafe", false)]
    [DataRow("job-a/b", false)]
    public void A_job_has_its_prefix(string text, bool valid) => Assert.AreEqual(valid, JobId.TryParse(text, out _));

    [TestMethod]
    [DataRow("local/job-1.0", true)]
    [DataRow("local/job-1", false)]
    [DataRow("local/job-1.0.1", false)]
    [DataRow("local/job-1.x", false)]
    [DataRow("local/job-1.00000", false)]
    public void A_capture_is_probe_job_and_number(string text, bool valid) => Assert.AreEqual(valid, CaptureId.TryParse(text, out _));

    [TestMethod]
    public void Parts_are_found_again()
    {
        var capture = new CaptureId(new ProbeId("p1"), new JobId("job-7"), 3);
        var run = new RunId(capture, 2);
        Assert.AreEqual(new ProbeId("p1"), capture.Probe);
        Assert.AreEqual(new JobId("job-7"), capture.Job);
        Assert.AreEqual("job-7.3", capture.Folder);
        Assert.AreEqual(capture, run.Capture);
        Assert.AreEqual(2, run.Step);
        Assert.AreEqual(new ProbeId("p1"), ProbeId.FromKey(new ProbeId("p1").Key));
    }

    [TestMethod]
    public void A_bad_id_in_json_is_refused() =>
        Assert.ThrowsExactly<JsonException>(() => JsonSerializer.Deserialize<GetOrNot>("""{"id":"../x"}""", ContractJson.Options));

    [TestMethod]
    [DataRow("PT10S", 10)]
    [DataRow("PT1M30S", 90)]
    [DataRow("P1DT1S", 86401)]
    [DataRow("P1M", -1)]
    [DataRow("P1Y", -1)]
    [DataRow("10", -1)]
    [DataRow("", -1)]
    [DataRow("PT", -1)]
    [DataRow("P99999999999999D", -1)]
    public void Durations_are_iso_without_months(string text, int seconds)
    {
        var ok = IsoDurationConverter.TryParse(text, out var value);
        Assert.AreEqual(seconds >= 0, ok);
        if (ok) Assert.AreEqual(seconds, value.TotalSeconds);
    }

    private sealed record GetOrNot(PointId Id);
}
