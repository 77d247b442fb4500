// SPDX-License-Identifier: BSD-3-Clause
using Tci.Probe.Tests.Stage;

namespace Tci.Probe.Tests.Presence;

[TestClass]
public sealed class PresenceReporterTests
{
    [TestMethod]
    public async Task Reports_come_again_and_again_with_the_interfaces_of_this_host()
    {
        RealEngine.Required();
        using var data = new TempFolder();
        using var engine = new RealEngine(data);
        await using var probe = await ProbeStage.Open(data, options => options with { ReportPeriod = TimeSpan.FromMilliseconds(50) });
        await Eventually.True(() => probe.Grains.Reports.Count >= 2, "two reports");
        var report = probe.Grains.Reports.Last();
        Assert.AreEqual(Environment.MachineName, report.Host);
        Assert.IsGreaterThan(0, report.DiskFreeBytes);
        Assert.AreNotEqual("", report.Version);
        Assert.IsTrue(report.Sources.Any(s => s is { Name: "lo", Source: "afpacket:lo" }));
    }
}
