// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Probe.Files;
using Tci.Probe.Tests.Stage;

namespace Tci.Probe.Tests.Files;

[TestClass]
public sealed class CollectorTests
{
    private readonly TempFolder _data = new();

    private CaptureDirectory Capture => new(EndedCapture.Folder(_data));

    [TestCleanup]
    public void Clean() => _data.Dispose();

    [TestMethod]
    public void A_single_file_is_taken_as_it_is()
    {
        var content = PcapText.File(1, 10, 20);
        var result = Collect(("traffic.0.0.pcap", content));
        CollectionAssert.AreEqual(new[] { "traffic.pcap", "info.json" }, Paths(result));
        Assert.IsTrue(result.Files[0].Raw);
        Assert.IsFalse(result.Files[1].Raw);
        Assert.AreEqual(content.Length, result.Files[0].Size);
        CollectionAssert.AreEqual(content, File.ReadAllBytes(Capture.Traffic));
        Assert.IsFalse(File.Exists(Capture.In("traffic.0.0.pcap")));
        Assert.IsNull(result.Problem);
    }

    [TestMethod]
    public void Queues_and_rotated_files_become_one_by_time()
    {
        var result = Collect(
            ("traffic.1.0.pcap", PcapText.File(11, 15, 35)),
            ("traffic.0.10.pcap", PcapText.File(3, 40)),
            ("traffic.0.2.pcap", PcapText.File(2, 30)),
            ("traffic.0.0.pcap", PcapText.File(1, 10)));
        CollectionAssert.AreEqual(new byte[] { 1, 11, 2, 12, 3 }, PcapText.Marks(File.ReadAllBytes(Capture.Traffic)));
        Assert.IsEmpty(Directory.GetFiles(Capture.Path, "traffic.*"));
        Assert.AreEqual(WorkState.Done, result.State);
    }

    [TestMethod]
    public void A_file_that_a_killed_engine_left_is_cut_to_its_last_whole_packet_and_that_is_said()
    {
        var result = Collect(("traffic.0.0.pcap.part", PcapText.File(1, 10, 20)[..^7]));
        CollectionAssert.AreEqual(PcapText.File(1, 10), File.ReadAllBytes(Capture.Traffic));
        Assert.AreEqual(WorkState.Done, result.State);
        StringAssert.Contains(result.Problem!.Message, "69 bytes of traffic.0.0.pcap.part from byte 100");
    }

    [TestMethod]
    public void Without_traffic_there_is_the_description_alone() => CollectionAssert.AreEqual(new[] { "info.json" }, Paths(Collect()));

    [TestMethod]
    public void Interrupted_after_the_rename_it_finds_the_file_in_its_new_place()
    {
        var content = PcapText.File(1, 10);
        var first = Collect(("traffic.0.0.pcap", content));
        File.Delete(Capture.Collected);
        Assert.AreEqual(first.Files[0], Collector.Collect(Capture, _ => { }, CancellationToken.None).Files[0]);
    }

    [TestMethod]
    public void Interrupted_in_the_middle_of_a_merge_it_begins_again_from_whole_files()
    {
        EndedCapture.Make(_data, ("traffic.0.0.pcap", PcapText.File(1, 10)), ("traffic.1.0.pcap", PcapText.File(11, 5)));
        Directory.CreateDirectory(Capture.Data);
        File.WriteAllText(Capture.In("merged.tmp"), "half of it");
        File.WriteAllText(Capture.Traffic, "of an earlier life");
        Collector.Collect(Capture, _ => { }, CancellationToken.None);
        CollectionAssert.AreEqual(new byte[] { 11, 1 }, PcapText.Marks(File.ReadAllBytes(Capture.Traffic)));
        Assert.IsFalse(File.Exists(Capture.In("merged.tmp")));
    }

    [TestMethod]
    public void Cancelled_it_leaves_every_packet()
    {
        EndedCapture.Make(_data, ("traffic.0.0.pcap", PcapText.File(1, 10)), ("traffic.1.0.pcap", PcapText.File(11, 5)));
        Directory.CreateDirectory(Capture.Data);
        Assert.ThrowsExactly<OperationCanceledException>(() => Collector.Collect(Capture, _ => { }, new CancellationToken(true)));
        Assert.IsFalse(File.Exists(Capture.Collected));
        Assert.HasCount(2, Directory.GetFiles(Capture.Path, "traffic.*"));
    }

    [TestMethod]
    public void Progress_only_grows_and_ends_at_the_whole()
    {
        EndedCapture.Make(_data, ("traffic.0.0.pcap", PcapText.File(1, 10)), ("traffic.1.0.pcap", PcapText.File(11, 5)));
        Directory.CreateDirectory(Capture.Data);
        var seen = new List<double>();
        Collector.Collect(Capture, seen.Add, CancellationToken.None);
        CollectionAssert.AreEqual(seen.Order().ToList(), seen);
        Assert.AreEqual(1, seen[^1]);
    }

    private WorkResult Collect(params (string Name, byte[] Content)[] traffic)
    {
        EndedCapture.Make(_data, traffic);
        Directory.CreateDirectory(Capture.Data);
        return Collector.Collect(Capture, _ => { }, CancellationToken.None);
    }

    private static string[] Paths(WorkResult result) => [.. result.Files.Select(f => f.Path)];
}
