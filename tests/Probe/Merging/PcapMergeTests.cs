// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Merging;
using Tci.Probe.Tests.Stage;

namespace Tci.Probe.Tests.Merging;

[TestClass]
public sealed class PcapMergeTests
{
    private const long Second = 1_000_000_000;

    private readonly TempFolder _folder = new();

    [TestCleanup]
    public void Clean() => _folder.Dispose();

    [TestMethod]
    public void Packets_of_all_queues_come_by_time_to_the_nanosecond()
    {
        var (result, file) = Merge(
            [Place("a", PcapText.File(1, Second, Second + 2, 5 * Second))],
            [Place("b", PcapText.File(11, Second + 1, Second + 3, 4 * Second))]);
        CollectionAssert.AreEqual(new byte[] { 1, 11, 2, 12, 13, 3 }, PcapText.Marks(file));
        Assert.AreEqual(6, result.Packets);
        Assert.IsEmpty(result.Cuts);
        CollectionAssert.AreEqual(PcapText.Header(), file[..PcapText.HeaderBytes]);
    }

    [TestMethod]
    public void Files_of_a_queue_follow_one_another_and_equal_times_keep_the_order_of_the_queues()
    {
        var (_, file) = Merge(
            [Place("a0", PcapText.File(1, 10, 20)), Place("a1", PcapText.File(3, 20, 30))],
            [Place("b0", PcapText.File(11, 20)), Place("b1", PcapText.Header())]);
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 11, 4 }, PcapText.Marks(file));
    }

    [TestMethod]
    public void A_queue_keeps_its_own_order_where_times_go_back()
    {
        var (_, file) = Merge([Place("a", PcapText.File(1, 30, 10, 20))], [Place("b", PcapText.File(11, 25, 35))]);
        CollectionAssert.AreEqual(new byte[] { 11, 1, 2, 3, 12 }, PcapText.Marks(file));
    }

    [TestMethod]
    public void A_record_that_breaks_off_is_left_out_and_said_wherever_it_breaks()
    {
        var whole = PcapText.File(1, 10, 20);
        var first = PcapText.HeaderBytes + PcapText.RecordHeaderBytes + 60;
        for (var length = first + 1; length < whole.Length; length++)
        {
            var (result, file) = Merge([Place("a", whole[..length])], [Place("b", PcapText.File(11, 15))]);
            CollectionAssert.AreEqual(new byte[] { 1, 11 }, PcapText.Marks(file), $"cut to {length}");
            Assert.AreEqual(new MergeCut(_folder.In("a"), first, length - first), result.Cuts.Single());
        }
    }

    [TestMethod]
    public void Reserved_space_that_was_never_written_is_no_packet()
    {
        var (result, file) = Merge([Place("a", [.. PcapText.File(1, 10), .. new byte[1000]])]);
        CollectionAssert.AreEqual(new byte[] { 1 }, PcapText.Marks(file));
        Assert.AreEqual(1000, result.Cuts.Single().Bytes);
    }

    [TestMethod]
    public void Files_without_a_whole_header_add_nothing()
    {
        var (result, file) = Merge([Place("a", PcapText.Header()[..10])], [Place("b", [])]);
        CollectionAssert.AreEqual(PcapText.Header(), file);
        Assert.AreEqual(10, result.Cuts.Single().Bytes);
    }

    [TestMethod]
    public void Packets_larger_than_a_block_of_the_window_pass_through()
    {
        byte[] large = [.. PcapText.Header(), .. Enumerable.Range(0, 5).SelectMany(i => PcapText.Record(10 * i, (byte)(i + 1), 262144))];
        var (_, file) = Merge([Place("a", large)]);
        CollectionAssert.AreEqual(large, file);
    }

    [TestMethod]
    public void A_packet_longer_than_any_can_be_ends_its_file()
    {
        var damaged = PcapText.File(1, 10, 20, 30);
        damaged[PcapText.HeaderBytes + 76 + 11] = 0x7F;
        byte[] tooLong = [.. PcapText.File(1, 10), .. PcapText.Record(20, 2, 262145), .. PcapText.Record(30, 3)];
        foreach (var content in new[] { damaged, tooLong })
        {
            var (result, file) = Merge([Place("a", content)]);
            CollectionAssert.AreEqual(new byte[] { 1 }, PcapText.Marks(file));
            Assert.AreEqual(content.Length - 100, result.Cuts.Single().Bytes);
        }
    }

    [TestMethod]
    public void Other_formats_and_other_link_types_are_refused_by_name()
    {
        var microseconds = Assert.ThrowsExactly<InvalidDataException>(() => Merge([Place("m", PcapText.Header(magic: 0xA1B2C3D4))]));
        StringAssert.Contains(microseconds.Message, _folder.In("m"));
        var (ethernet, ip) = (Place("a", PcapText.File(1, 10)), Place("b", [.. PcapText.Header(101), .. PcapText.Record(5, 1)]));
        Assert.ThrowsExactly<InvalidDataException>(() => Merge([ethernet], [ip]), "of two queues");
        Assert.ThrowsExactly<InvalidDataException>(() => Merge([ethernet, ip]), "of two files of one queue");
    }

    [TestMethod]
    public void It_stops_when_it_is_told_to()
    {
        var many = Place("a", PcapText.File(1, [.. Enumerable.Range(0, 5000).Select(i => (long)i)]));
        Assert.ThrowsExactly<OperationCanceledException>(() => PcapMerge.Merge([[many]], Stream.Null, _ => { }, new CancellationToken(true)));
    }

    private string Place(string name, byte[] content)
    {
        File.WriteAllBytes(_folder.In(name), content);
        return _folder.In(name);
    }

    private static (MergeResult Result, byte[] File) Merge(params string[][] queues)
    {
        using var output = new MemoryStream();
        var result = PcapMerge.Merge(queues, output, _ => { }, CancellationToken.None);
        return (result, output.ToArray());
    }
}
