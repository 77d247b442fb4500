// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Plugins;

[TestClass]
public sealed class BasicPlusTests
{
    private const int Syn = 0x02, Ack = 0x10;

    [TestMethod]
    public void The_segment_size_takes_four_bytes_as_the_data_set_does()
    {
        byte[] options = [2, 4, 5, 0xB4, 1, 3, 3, 7];
        var flows = Export.Of(Frames.TcpFrame(9, 80, Syn, "", options));
        Assert.AreEqual("95682819", flows["TCP_MSS"]);
        Assert.AreEqual("48", flows["TCP_SYN_SIZE"]);
        // Kinds 2, 1 and 3, reversed inside their byte: bits 5, 6 and 4.
        Assert.AreEqual("112", flows["TCP_OPT"]);
    }

    [TestMethod]
    public void Segment_size_bytes_beyond_the_capture_are_zero()
    {
        var flows = Export.Of(Frames.TcpFrame(9, 80, Syn, "", [2, 4, 5, 0xB4]));
        Assert.AreEqual((0x05B4 << 16).ToString(), flows["TCP_MSS"]);
    }

    [TestMethod]
    public void Window_and_segment_size_come_from_the_first_packet_of_a_direction_and_options_from_all()
    {
        var flows = Export.Of(
            Frames.TcpFrame(9, 80, Syn, "", [2, 4, 5, 0xB4]),
            Frames.TcpAnswer(80, 9, Syn | Ack, "", [2, 4, 4, 0]),
            Frames.TcpAnswer(80, 9, Ack, "", [1, 1, 1, 1]));
        Assert.AreEqual((0x0400 << 16).ToString(), flows["TCP_MSS_REV"]);
        Assert.AreEqual("1000", flows["TCP_WIN_REV"]);
        Assert.AreEqual("96", flows["TCP_OPT_REV"]);
        Assert.AreEqual("0", flows["IP_FLG_REV"]);
    }

    [TestMethod]
    public void The_largest_ttl_is_kept_per_direction()
    {
        byte[] Hop(int ttl) => Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 1, [8, 0], ttl: ttl));
        Assert.AreEqual("70", Export.Of(Hop(64), Hop(70), Hop(3))["IP_TTL"]);
    }

    [TestMethod]
    [DataRow(new byte[] { 5, 0, 1, 1 }, 0, DisplayName = "length zero would never end")]
    [DataRow(new byte[] { 1, 1, 1, 5 }, 0, DisplayName = "no room for the length")]
    [DataRow(new byte[] { 1, 1, 1, 0 }, 1, DisplayName = "end of options in the last place")]
    [DataRow(new byte[] { 5, 40, 1, 1 }, 1, DisplayName = "longer than the header: the walk ends")]
    public void A_broken_option_drops_the_packet(byte[] options, int flows) =>
        Assert.HasCount(flows, Export.Of(Frames.TcpFrame(9, 80, Ack, "", options)).Rows);
}
