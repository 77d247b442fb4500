// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Peers;

/// <summary>The real ipfixprobe, where it is on the machine, and compatible mode on the same random traffic: every row, every column.</summary>
[TestClass]
public sealed class IpfixprobeTests
{
    private const string AllPlugins = "basicplus,http,pstats,tls,dns,quic";
    private const string WithoutQuic = "basicplus,http,pstats,tls,dns";

    // Further seeds, FROM-TO, for as long a comparison as one likes.
    private const string SeedsVariable = "TCI_SEEDS";

    /// <summary>A table of 131 072 flows is never full here; one of 64 displaces flows all the time.</summary>
    [TestMethod]
    [DataRow(1, 17, TrafficKinds.Version6 | TrafficKinds.ServerHellos)]
    [DataRow(2, 17, TrafficKinds.Fragments | TrafficKinds.ServerHellos)]
    [DataRow(3, 17, TrafficKinds.Version6 | TrafficKinds.ServerHellos | TrafficKinds.DnsOverTcp)]
    [DataRow(4, 6, TrafficKinds.Version6)]
    [DataRow(5, 6, TrafficKinds.Fragments)]
    [DataRow(6, 6, TrafficKinds.Version6 | TrafficKinds.DnsOverTcp)]
    public void Random_traffic_gives_the_same_rows(int seed, int tableBits, TrafficKinds kinds) => Compare(Nemea.Ipfixprobe(), seed, tableBits, kinds);

    [TestMethod]
    public void Seeds_that_are_asked_for_give_the_same_rows()
    {
        if (Environment.GetEnvironmentVariable(SeedsVariable)?.Split('-') is not [var from, var to])
        {
            Assert.Inconclusive($"Longer comparisons are asked for by {SeedsVariable}=FROM-TO.");
            return;
        }
        var nemea = Nemea.Ipfixprobe();
        for (var seed = int.Parse(from); seed <= int.Parse(to); seed++)
        {
            var (tableBits, kinds) = seed % 2 == 0 ? (17, TrafficKinds.ServerHellos) : (6, TrafficKinds.None);
            kinds |= (seed % 3) switch { 0 => TrafficKinds.Fragments, 1 => TrafficKinds.Version6, _ => TrafficKinds.Version6 | TrafficKinds.DnsOverTcp };
            Compare(nemea, seed, tableBits, kinds);
        }
    }

    private static void Compare(Nemea nemea, int seed, int tableBits, TrafficKinds kinds)
    {
        using var folder = new TempFolder();
        var plugins = kinds.HasFlag(TrafficKinds.DnsOverTcp) ? WithoutQuic : AllPlugins;
        var capture = folder.Write("random.pcap", RandomTraffic.Of(seed, conversations: 400, kinds).ToArray());
        var expected = nemea.Export(capture, plugins, tableBits);
        var options = new ExportOptions
        {
            Mode = ExportMode.Compatible,
            FlowCapacity = 1 << tableBits,
            Plugins = plugins == AllPlugins ? FlowPlugins.All : FlowPlugins.All & ~FlowPlugins.Quic,
        };
        var (flows, _) = Export.Of(options, File.ReadAllBytes(capture));
        Assert.IsGreaterThan(500, flows.Rows.Count);
        // Flows of TLS over TCP have leftovers there in ipfixprobe.
        foreach (var row in expected.Rows.Concat(flows.Rows).Where(row => row["TLS_EXT_TYPE"] != "[]" && row.ContainsKey("QUIC_TLS_EXT_TYPE")))
            row["QUIC_TLS_EXT_TYPE"] = "left out";
        Assert.AreEqual("", RowDifferences.Of(expected, flows), $"seed {seed}");
        CollectionAssert.AreEqual(GoldenCase.Sorted(expected, []), GoldenCase.Sorted(flows, []), $"seed {seed}");
    }
}
