// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Parsing;

[TestClass]
public sealed class FragmentTests
{
    private const int MoreFragments = 0x2000;

    [TestMethod]
    public void Later_fragments_take_the_ports_of_the_first_for_three_seconds()
    {
        var flows = Export.Of(new PcapFile().Add(0, First(7)).Add(3_000_000, Later(7)).Add(3_000_001, Later(7)));
        CollectionAssert.AreEqual(new[] { "0", "1234" }, flows.Column("SRC_PORT"));
        CollectionAssert.AreEqual(new[] { "1", "2" }, flows.Column("PACKETS"));
    }

    [TestMethod]
    public void Another_id_is_another_datagram() =>
        CollectionAssert.AreEqual(new[] { "0", "1234" }, Export.Of(First(7), Later(8)).Column("SRC_PORT"));

    [TestMethod]
    [DataRow(ExportMode.Compatible, "[16|16]")]
    [DataRow(ExportMode.Full, "[16|24]")]
    public void Compatible_mode_counts_a_header_that_later_udp_fragments_do_not_have(ExportMode mode, string lengths) =>
        Assert.AreEqual(lengths, Export.Of(new PcapFile().Add(0, First(7)).Add(1, Later(7)), mode)["PPI_PKT_LENGTHS"]);

    [TestMethod]
    public void Ipv6_fragments_find_each_other()
    {
        var first = Fragment6(1, Frames.Udp(1234, 5678, new byte[16]));
        var later = Fragment6(3 << 3, new byte[24]);
        Assert.AreEqual("2", Export.Of(first, later)["PACKETS"]);
    }

    [TestMethod]
    public void A_later_fragment_is_never_read_as_a_tcp_header()
    {
        var noise = Enumerable.Repeat((byte)0xFF, 40).ToArray();
        var flows = Export.Of(Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 6, noise, id: 1, fragment: 3)));
        Assert.AreEqual("0", flows["TCP_FLAGS"]);
        Assert.AreEqual("[40]", flows["PPI_PKT_LENGTHS"]);
    }

    private static byte[] First(int id) =>
        Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 17, Frames.Udp(1234, 5678, new byte[16]), id, MoreFragments));

    private static byte[] Later(int id) => Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 17, new byte[24], id, fragment: 3));

    private static byte[] Fragment6(int field, byte[] payload) =>
        Frames.Ethernet(0x86DD, Frames.Ipv6("fe80::1", "fe80::2", 44, new ByteBuilder().U8(17).U8(0).U16(field).U32(99).Raw(payload).ToArray()));
}
