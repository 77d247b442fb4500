// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Parsing;

[TestClass]
public sealed class EncapsulationTests
{
    private const string A6 = "2001:db8::1";
    private const string B6 = "2001:db8::2";
    private static readonly byte[] Datagram = Frames.Udp(1111, 2222, [1, 2, 3]);
    private static readonly byte[] Inner = Frames.Ipv4("192.168.1.1", "192.168.1.2", 17, Datagram);
    private static readonly byte[] Inner6 = Frames.Ipv6(A6, B6, 17, Datagram);

    [TestMethod]
    public void Vlan_tags_are_skipped_and_the_outermost_id_separates_flows()
    {
        var single = Frames.Ethernet(0x8100, Frames.Vlan(5, 0x0800, Inner));
        var stacked = Frames.Ethernet(0x88A8, Frames.Vlan(6, 0x8100, Frames.Vlan(5, 0x0800, Inner)));
        var other = Frames.Ethernet(0x88A8, Frames.Vlan(6, 0x8100, Frames.Vlan(9, 0x0800, Inner)));
        var priority = Frames.Ethernet(0x8100, Frames.Vlan(0xE005, 0x0800, Inner));
        CollectionAssert.AreEqual(new[] { "2", "2" }, Export.Of(single, stacked, other, priority).Column("PACKETS"));
    }

    [TestMethod]
    public void Mpls_pppoe_trill_and_gre_carry_the_flow()
    {
        IsInner(Frames.Ethernet(0x8847, Label(false, Label(true, Inner))));
        IsInner(Frames.Ethernet(0x8848, Label(true, Inner)));
        IsInner(Frames.Ethernet(0x8847, Label(true, ByteBuilder.Join([0, 0, 0, 0], Frames.Ethernet(0x0800, Inner)))));
        IsInner(Frames.Ethernet(0x8864, Pppoe(0x0021, Inner)));
        IsInner(Frames.Ethernet(0x22F3, ByteBuilder.Join([0, 0x41, 0, 1, 0, 2, 9, 9, 9, 9], Frames.Ethernet(0x0800, Inner))));
        IsInner(Gre(0x0000, 0x0800, Inner));
        IsInner(Gre(0xB000, 0x0800, ByteBuilder.Join(new byte[12], Inner)));
        IsInner(Gre(0x2000, 0x8847, ByteBuilder.Join(new byte[4], Label(true, Inner))));
    }

    [TestMethod]
    public void Ipv6_is_found_in_every_tunnel()
    {
        foreach (var frame in new[]
        {
            Frames.Ethernet(0x86DD, Inner6), Frames.Ethernet(0x8847, Label(true, Inner6)),
            Frames.Ethernet(0x8864, Pppoe(0x0057, Inner6)), Gre(0, 0x86DD, Inner6),
        })
            Assert.AreEqual(B6, Export.Of(frame)["DST_IP"]);
    }

    [TestMethod]
    public void Payloads_that_are_not_ip_give_no_flow()
    {
        foreach (var frame in new[]
        {
            Frames.Ethernet(0x0806, new byte[46]), Gre(0, 0x88BE, Inner), Gre(0, 0x6558, Frames.Ethernet(0x0800, Inner)),
            Frames.Ethernet(0x8864, Pppoe(0xC021, Inner)), Frames.Ethernet(0x8863, Pppoe(0x0021, Inner)),
        })
            Assert.IsEmpty(Export.Of(frame).Rows);
    }

    [TestMethod]
    public void Ip_in_ip_is_a_flow_of_protocol_4()
    {
        var flows = Export.Of(Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 4, Inner)));
        Assert.AreEqual("4", flows["PROTOCOL"]);
        Assert.AreEqual("0", flows["DST_PORT"]);
        Assert.AreEqual($"[{Inner.Length}]", flows["PPI_PKT_LENGTHS"]);
    }

    [TestMethod]
    public void Ipv6_extension_headers_are_skipped()
    {
        byte[] hopByHop = [43, 0, 0, 0, 0, 0, 0, 0], routing = [60, 0, 0, 0, 0, 0, 0, 0];
        byte[] destination = [51, 1, .. new byte[14]], authentication = [135, 4, .. new byte[22]], mobility = [17, 0, .. new byte[6]];
        var chain = ByteBuilder.Join(hopByHop, routing, destination, authentication, mobility, Datagram);
        var flows = Export.Of(Frames.Ethernet(0x86DD, Frames.Ipv6(A6, B6, 0, chain)));
        Assert.AreEqual("2222", flows["DST_PORT"]);
        Assert.AreEqual("[3]", flows["PPI_PKT_LENGTHS"]);
        Assert.AreEqual($"{40 + chain.Length}", flows["BYTES"]);
    }

    [TestMethod]
    [DataRow(101)]
    [DataRow(12)]
    [DataRow(228)]
    public void Raw_ip_has_no_addresses_of_the_link(int linkType)
    {
        var flows = Export.Of(new PcapFile(linkType: linkType).Add(0, Inner));
        Assert.AreEqual("192.168.1.2", flows["DST_IP"]);
        Assert.AreEqual("00:00:00:00:00:00", flows["SRC_MAC"]);
    }

    [TestMethod]
    public void Cooked_captures_know_the_sender()
    {
        byte[] sll = [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 7, 0, 0, 0x08, 0x00];
        byte[] sll2 = [0x08, 0x00, 0, 0, 0, 0, 0, 3, 0, 1, 0, 6, 2, 0, 0, 0, 0, 7, 0, 0];
        foreach (var (linkType, header) in new[] { (113, sll), (276, sll2) })
        {
            var flows = Export.Of(new PcapFile(linkType: linkType).Add(0, ByteBuilder.Join(header, Inner)));
            Assert.AreEqual("02:00:00:00:00:07", flows["SRC_MAC"]);
            Assert.AreEqual("00:00:00:00:00:00", flows["DST_MAC"]);
            Assert.AreEqual("1111", flows["SRC_PORT"]);
        }
    }

    [TestMethod]
    public void A_header_beyond_the_captured_bytes_drops_the_packet_and_a_cut_payload_does_not()
    {
        var frame = Frames.UdpFrame(1, 2, payloadBytes: 20);
        for (var captured = 0; captured <= frame.Length; captured++)
        {
            var flows = Export.Of(new PcapFile().Add(0, frame, captured));
            Assert.HasCount(captured >= 14 + 20 + 8 ? 1 : 0, flows.Rows, $"{captured} bytes");
            if (flows.Rows.Count == 1)
                Assert.AreEqual("[20]", flows["PPI_PKT_LENGTHS"]);
        }
    }

    [TestMethod]
    public void Ethernet_padding_is_no_payload()
    {
        var padded = ByteBuilder.Join(Frames.TcpFrame(1, 2, 0x10), new byte[6]);
        Assert.AreEqual("[]", Export.Of(padded)["PPI_PKT_LENGTHS"]);
    }

    private static void IsInner(byte[] frame)
    {
        var flows = Export.Of(frame);
        Assert.AreEqual("192.168.1.1", flows["SRC_IP"]);
        Assert.AreEqual("2222", flows["DST_PORT"]);
        Assert.AreEqual("[3]", flows["PPI_PKT_LENGTHS"]);
        Assert.AreEqual("02:00:00:00:00:01", flows["SRC_MAC"]);
    }

    private static byte[] Label(bool bottom, byte[] payload) => new ByteBuilder().U16(1).U8(bottom ? 1 : 0).U8(64).Raw(payload).ToArray();

    private static byte[] Pppoe(int protocol, byte[] payload) =>
        new ByteBuilder().U16(0x1100).U16(1).U16(payload.Length + 2).U16(protocol).Raw(payload).ToArray();

    private static byte[] Gre(int flags, int type, byte[] payload) =>
        Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 47, new ByteBuilder().U16(flags).U16(type).Raw(payload).ToArray()));
}
