// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Captures;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Captures;

[TestClass]
public sealed class CaptureInputsTests
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tci-flows-");

    [TestCleanup]
    public void Remove() => folder.Delete(recursive: true);

    [TestMethod]
    public void The_queues_of_a_capture_are_its_files_by_number()
    {
        foreach (var name in new[] { "traffic.1.0.pcap", "traffic.0.10.pcap.part", "traffic.0.9.pcap", "traffic.0.x.pcap", "status", "traffic.0.9.pcap.bak" })
            Write(name, []);
        var queues = CaptureInputs.Resolve(["a.pcap", folder.FullName]);
        CollectionAssert.AreEqual(
            new[] { "a.pcap", "traffic.0.9.pcap traffic.0.10.pcap.part", "traffic.1.0.pcap" },
            queues.Select(files => string.Join(' ', files.Select(Path.GetFileName))).ToArray());
    }

    [TestMethod]
    public void The_merged_file_of_a_capture_is_enough()
    {
        Write("traffic.0.0.pcap", []);
        Write("traffic.pcap.gz", []);
        Assert.AreEqual("traffic.pcap.gz", Path.GetFileName(CaptureInputs.Resolve([folder.FullName]).Single().Single()));
    }

    [TestMethod]
    public void A_directory_without_capture_is_named()
    {
        var error = Assert.ThrowsExactly<IOException>(() => CaptureInputs.Resolve([folder.FullName]));
        Assert.Contains("is not the directory of a capture", error.Message);
    }

    [TestMethod]
    public void Standard_input_is_read_once() =>
        Assert.ThrowsExactly<ArgumentException>(() => CaptureInputs.Resolve(["-", "a.pcap", "-"]));

    [TestMethod]
    public void A_capture_directory_is_exported_by_time_with_damage_named()
    {
        Write("traffic.0.0.pcap", new PcapFile().Add(0, Frames.UdpFrame(1, 2, 10)).ToArray());
        Write("traffic.0.1.pcap", new PcapFile().Add(2000, Frames.UdpFrame(1, 2, 12)).ToArray());
        // What a killed engine leaves: reserved space behind the last packet.
        Write("traffic.1.0.pcap.part", [.. new PcapFile().Add(1000, Frames.UdpAnswer(2, 1, 11)).ToArray(), .. new byte[4096]]);
        var result = FlowExporter.Run([folder.FullName], folder.FullName);
        var flows = FlowFile.Load(Path.Combine(folder.FullName, "flow.csv"));
        Assert.AreEqual("[10|11|12]", flows["PPI_PKT_LENGTHS"]);
        Assert.EndsWith("traffic.1.0.pcap.part", result.Problems.Single().Path);
        Assert.Contains("only zeros follow (after 1 packets", result.Problems.Single().Message);
    }

    private void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(folder.FullName, name), bytes);
}
