// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Stats;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Stats;

[TestClass]
public sealed class TrafficStatisticsTests
{
    private readonly TempFolder folder = new();

    [TestCleanup]
    public void Remove() => folder.Dispose();

    [TestMethod]
    public void A_capture_is_told_by_frames_protocols_addresses_ports_and_names()
    {
        var file = SmallCapture.Of("a.test").Add(5_003_000, Frames.UdpAnswer(53, 9999, 1000)).Add(5_004_000, Frames.Ethernet(0x0806, new byte[50]));
        var statistics = TrafficStatistics.Of([folder.Write("a.pcap", file.ToArray())]);
        Assert.AreEqual((5L, 1L), (statistics.Frames!.Count, statistics.Frames.WithoutFlow));
        Assert.AreEqual(5, statistics.Frames.Sizes.Sum(bucket => bucket.Count));
        Assert.AreEqual(1, statistics.Frames.Sizes.Single(bucket => bucket.Label == "1024-1518").Count);
        Assert.AreEqual(4, statistics.Flows);
        Assert.AreEqual(4UL, statistics.Packets);
        CollectionAssert.AreEqual(new[] { "udp", "tcp" }, statistics.Protocols.Select(share => share.Name).ToArray());
        Assert.AreEqual(statistics.Bytes, statistics.Protocols.Aggregate(0UL, (sum, share) => sum + share.Bytes));
        CollectionAssert.AreEqual(new[] { Frames.A, Frames.B }, statistics.Talkers.Items.Select(share => share.Name).Order().ToArray());
        CollectionAssert.AreEqual(new[] { "tcp/443", "tcp/80", "udp/53" }, statistics.Ports.Items.Select(share => share.Name).Order(StringComparer.Ordinal).ToArray());
        CollectionAssert.AreEqual(new[] { "dns a.test", "http a.test", "tls a.test" }, statistics.Names.Items.Select(share => share.Name).Order(StringComparer.Ordinal).ToArray());
        Assert.AreEqual(4, statistics.Durations[0].Count);
        Assert.AreEqual(new DateTime(2023, 11, 14, 22, 13, 20, DateTimeKind.Utc), statistics.First);
        Assert.AreEqual(TimeSpan.FromMilliseconds(5003), statistics.Last - statistics.First);
    }

    [TestMethod]
    public void A_flow_csv_gives_the_same_numbers_without_frames()
    {
        var path = folder.Write("a.pcap", SmallCapture.Of("a.test").ToArray());
        FlowExporter.Run([path], folder.Path);
        var ofCapture = TrafficStatistics.Of([path]);
        var ofFlows = TrafficStatistics.Of([folder["flow.csv"]]);
        Assert.IsNull(ofFlows.Frames);
        Assert.AreEqual((ofCapture.Flows, ofCapture.Bytes, ofCapture.First, ofCapture.Last), (ofFlows.Flows, ofFlows.Bytes, ofFlows.First, ofFlows.Last));
        CollectionAssert.AreEqual(ofCapture.Ports.Items.ToArray(), ofFlows.Ports.Items.ToArray());
    }

    [TestMethod]
    public void Damage_is_told_with_the_numbers_before_it()
    {
        var statistics = TrafficStatistics.Of([folder.Write("a.pcap", SmallCapture.Of("a.test").ToArray()[..^1])]);
        Assert.AreEqual(2, statistics.Flows);
        Assert.Contains("ends inside a packet", statistics.Problems.Single().Message);
    }

    [TestMethod]
    public void A_capture_without_flows_has_zeros()
    {
        var statistics = TrafficStatistics.Of([folder.Write("a.pcap", new PcapFile().ToArray())]);
        Assert.AreEqual((0L, 0UL), (statistics.Flows, statistics.Bytes));
        Assert.IsNull(statistics.First);
    }

    [TestMethod]
    public void More_keys_than_are_kept_cost_exactness_which_is_told()
    {
        var counter = new TopCounter<int>(keysMax: 10);
        for (var i = 0; i < 100; i++)
        {
            counter.Add(-1, 1, 1000);
            counter.Add(i, 1, 5);
        }
        var top = counter.Top(1, key => key.ToString());
        Assert.AreEqual(("-1", 100_000UL), (top.Items[0].Name, top.Items[0].Bytes));
        Assert.IsGreaterThan(0UL, top.MissedBytes);
        Assert.IsLessThanOrEqualTo(10, top.Distinct);
    }

    [TestMethod]
    public void An_export_that_fails_in_the_middle_tells_its_own_reason()
    {
        folder.Write("c/traffic.0.0.pcap", SmallCapture.Of("a.test").ToArray());
        folder.Write("c/traffic.0.1.pcap", SmallCapture.Of("b.test").ToArray());
        // A file of the queue that is a directory by the time it is opened.
        File.Delete(folder["c/traffic.0.1.pcap"]);
        File.CreateSymbolicLink(folder["c/traffic.0.1.pcap"], folder["nowhere"]);
        var error = Assert.Throws<IOException>(() => TrafficStatistics.Of([folder["c"]]));
        Assert.Contains("traffic.0.1.pcap", error.Message);
    }
}
