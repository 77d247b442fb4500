// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests;

/// <summary>Several threads write the rows one writes, in another order.</summary>
[TestClass]
public sealed class ThreadsTests
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tci-flows-");

    [TestCleanup]
    public void Remove() => folder.Delete(recursive: true);

    [TestMethod]
    [DataRow(ExportMode.Compatible, 2)]
    [DataRow(ExportMode.Full, 2)]
    [DataRow(ExportMode.Full, 3)]
    [DataRow(ExportMode.Full, 8)]
    public void Rows_are_those_of_one_thread(ExportMode mode, int threads)
    {
        var inputs = GoldenCaptures.Makers.Keys.Select(name => GoldenCase.PathOf(name + ".pcap")).ToList();
        var (alone, one) = Run(inputs, new ExportOptions { Mode = mode });
        var (shared, many) = Run(inputs, new ExportOptions { Mode = mode, Threads = threads });
        CollectionAssert.AreEqual(alone.Skip(1).Order(StringComparer.Ordinal).ToList(), shared.Skip(1).Order(StringComparer.Ordinal).ToList());
        Assert.AreEqual(alone[0], shared[0]);
        Assert.AreEqual((one.Packets, one.Flows, one.PacketsWithoutFlow, one.StreamsGivenUp), (many.Packets, many.Flows, many.PacketsWithoutFlow, many.StreamsGivenUp));
        CollectionAssert.AreEqual(new[] { "flow.csv" }, folder.GetFiles().Select(file => file.Name).ToArray());
    }

    [TestMethod]
    public void The_header_comes_first_whoever_has_the_only_flow()
    {
        for (var port = 1; port < 20; port++)
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "one.pcap"), new PcapFile().Add(0, Frames.UdpFrame(port, 9)).ToArray());
            var (lines, _) = Run([Path.Combine(folder.FullName, "one.pcap")], new ExportOptions { Threads = 2 });
            Assert.HasCount(2, lines);
            Assert.StartsWith("ipaddr DST_IP,", lines[0]);
        }
    }

    [TestMethod]
    public void Failures_of_a_thread_are_those_of_the_export()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var input = GoldenCase.PathOf("quic-odd.pcap");
        Assert.ThrowsExactly<OperationCanceledException>(
            () => FlowExporter.Run([input], folder.FullName, new ExportOptions { Threads = 2 }, cancellation: cancelled.Token));
        Assert.IsEmpty(folder.GetFiles());
    }

    private (string[] Lines, ExportResult Result) Run(IReadOnlyList<string> inputs, ExportOptions options)
    {
        var result = FlowExporter.Run(inputs, folder.FullName, options);
        return (File.ReadAllLines(Path.Combine(folder.FullName, FlowExporter.FileName)), result);
    }
}
