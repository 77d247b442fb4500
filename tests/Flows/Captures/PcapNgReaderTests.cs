// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Captures;

[TestClass]
public sealed class PcapNgReaderTests
{
    private const int DecimalNanoseconds = 9;
    private const int BinaryThousandths = 0x80 | 10;

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Two_interfaces_have_their_own_link_type_and_clock(bool bigEndian)
    {
        var ip = Frames.Ipv4(Frames.A, Frames.B, 17, Frames.Udp(3, 4, [1]));
        var file = new PcapNgFile(bigEndian).Section()
            .Interface()
            .Interface(linkType: 101, resolution: DecimalNanoseconds, offsetSeconds: 100)
            .Packet(0, PcapFile.Start, Frames.UdpFrame(1, 2))
            .Packet(1, (PcapFile.Start - 100_000_000 + 5) * 1000, ip);
        var flows = Export.Of(new ExportOptions(), file.ToArray()).Flows;
        CollectionAssert.AreEqual(new[] { "2", "4" }, flows.Column("DST_PORT"));
        CollectionAssert.AreEqual(new[] { "2023-11-14T22:13:20.000000", "2023-11-14T22:13:20.000005" }, flows.Column("TIME_FIRST"));
    }

    [TestMethod]
    public void Binary_resolutions_are_read()
    {
        var file = new PcapNgFile().Section().Interface(resolution: BinaryThousandths)
            .Packet(0, (1_700_000_000L << 10) + 512, Frames.UdpFrame(1, 2));
        Assert.AreEqual("2023-11-14T22:13:20.500000", Export.Of(new ExportOptions(), file.ToArray()).Flows["TIME_FIRST"]);
    }

    [TestMethod]
    public void Unknown_blocks_are_skipped_whatever_their_size()
    {
        var file = new PcapNgFile().Section().Interface()
            .Block(4, body => body.Raw(new byte[40])) // name resolution
            .Block(0xBAD, body => body.Raw(new byte[3_000_000])) // larger than the reader's window
            .Packet(0, PcapFile.Start, Frames.UdpFrame(1, 2));
        var (flows, result) = Export.Of(new ExportOptions(), file.ToArray());
        Assert.HasCount(1, flows.Rows);
        Assert.IsEmpty(result.Problems);
    }

    [TestMethod]
    public void A_new_section_forgets_the_interfaces_and_may_change_the_byte_order()
    {
        var first = new PcapNgFile().Section().Interface(linkType: 101).ToArray();
        var second = new PcapNgFile(bigEndian: true).Section().Interface().Packet(0, PcapFile.Start, Frames.UdpFrame(1, 2)).ToArray();
        Assert.AreEqual("2", Export.Of(new ExportOptions(), ByteBuilder.Join(first, second)).Flows["DST_PORT"]);
    }

    [TestMethod]
    public void Simple_packets_are_cut_at_the_snap_length_and_have_no_time()
    {
        var file = new PcapNgFile().Section().Interface(snapBytes: 43).SimplePacket(Frames.UdpFrame(1, 2)[..43]);
        Assert.AreEqual("1970-01-01T00:00:00.000000", Export.Of(new ExportOptions(), file.ToArray()).Flows["TIME_FIRST"]);
    }

    [TestMethod]
    public void Damage_is_told_and_what_came_before_is_kept()
    {
        Damaged("interface 7, which was not described", file => file.Packet(7, PcapFile.Start, Frames.UdpFrame(3, 4)));
        Damaged("after the year 9999", file => file.Packet(0, long.MaxValue, Frames.UdpFrame(3, 4)));
        Damaged("finer than 64 bits", file => file.Interface(resolution: 40));
        Damaged("byte-order magic", file => file.Block(0x0A0D0D0A, body => body.Raw(new byte[16])));
    }

    [TestMethod]
    public void Every_truncation_is_survived()
    {
        var whole = new PcapNgFile().Section().Interface().Packet(0, PcapFile.Start, Frames.UdpFrame(1, 2)).ToArray();
        for (var length = 0; length < whole.Length; length++)
        {
            var (flows, result) = Export.Of(new ExportOptions(), whole[..length]);
            // The packet itself is complete before its block's padding and repeated length are.
            Assert.HasCount(length >= whole.Length - 5 ? 1 : 0, flows.Rows, $"{length} bytes");
            Assert.HasCount(length is 28 or 52 ? 0 : 1, result.Problems, $"{length} bytes");
        }
    }

    private static void Damaged(string message, Func<PcapNgFile, PcapNgFile> damage)
    {
        var file = damage(new PcapNgFile().Section().Interface().Packet(0, PcapFile.Start, Frames.UdpFrame(1, 2)));
        var (flows, result) = Export.Of(new ExportOptions(), file.Packet(0, PcapFile.Start, Frames.UdpFrame(5, 6)).ToArray());
        Assert.HasCount(1, flows.Rows, message);
        Assert.Contains(message, result.Problems.Single().Message);
    }
}
