// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Captures;

[TestClass]
public sealed class PcapReaderTests
{
    [TestMethod]
    [DataRow(false, false)]
    [DataRow(true, false)]
    [DataRow(false, true)]
    [DataRow(true, true)]
    public void Both_byte_orders_and_resolutions_give_the_same_flow(bool bigEndian, bool nanoseconds)
    {
        var file = new PcapFile(bigEndian, nanoseconds).Add(123_456, Frames.UdpFrame(1, 2)).Add(2_000_007, Frames.UdpFrame(1, 2));
        var flows = Export.Of(file);
        Assert.AreEqual("2023-11-14T22:13:20.123456", flows["TIME_FIRST"]);
        Assert.AreEqual("2023-11-14T22:13:22.000007", flows["TIME_LAST"]);
        Assert.AreEqual("2", flows["PACKETS"]);
    }

    [TestMethod]
    public void The_frame_check_sequence_bits_of_the_link_type_are_ignored()
    {
        var bytes = new PcapFile(linkType: 0x54000001).Add(0, Frames.UdpFrame(1, 2)).ToArray();
        Assert.AreEqual("2", Export.Of(new ExportOptions(), bytes).Flows["DST_PORT"]);
    }

    [TestMethod]
    public void Every_truncation_keeps_the_packets_before_it_and_is_told()
    {
        var whole = new PcapFile().Add(0, Frames.UdpFrame(1, 2)).Add(1, Frames.UdpFrame(3, 4)).ToArray();
        const int Header = 24, Record = 16 + 43;
        for (var length = 0; length < whole.Length; length++)
        {
            var (flows, result) = Export.Of(new ExportOptions(), whole[..length]);
            var complete = length < Header ? 0 : (length - Header) / Record;
            Assert.HasCount(complete, flows.Rows, $"{length} bytes");
            var isClean = length >= Header && (length - Header) % Record == 0;
            Assert.HasCount(isClean ? 0 : 1, result.Problems, $"{length} bytes");
        }
    }

    [TestMethod]
    public void A_packet_of_impossible_length_ends_the_file_with_a_message()
    {
        var bytes = new PcapFile().Add(0, Frames.UdpFrame(1, 2)).Add(1, Frames.UdpFrame(3, 4)).ToArray();
        bytes[24 + 16 + 43 + 8 + 2] = 0xFF; // the second record's captured length
        var (flows, result) = Export.Of(new ExportOptions(), bytes);
        Assert.HasCount(1, flows.Rows);
        Assert.Contains("longer than 262144 (after 1 packets, at byte 83)", result.Problems.Single().Message);
    }

    [TestMethod]
    public void Other_files_and_link_types_are_named()
    {
        Assert.Contains("neither pcap nor pcapng: it begins with 68656c6c", Problem(Frames.Text("hello world")));
        Assert.Contains("is empty", Problem([]));
        Assert.Contains("link type 105", Problem(new PcapFile(linkType: 105).Add(0, Frames.UdpFrame(1, 2)).ToArray()));
    }

    private static string Problem(byte[] file) => Export.Of(new ExportOptions(), file).Result.Problems.Single().Message;
}
