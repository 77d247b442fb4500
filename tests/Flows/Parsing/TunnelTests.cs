// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Parsing;

/// <summary>Tunnels that full mode looks into and compatible mode does not.</summary>
[TestClass]
public sealed class TunnelTests
{
    private static readonly byte[] Inner = Frames.Ipv4("192.0.2.1", "192.0.2.2", 6, Frames.Tcp(1, 2, 0x18, [1, 2]));
    private static readonly byte[] InnerFrame = Frames.Ethernet(0x0800, Inner);

    public static IEnumerable<object[]> Frame() =>
    [
        [TunnelFrames.Vxlan(InnerFrame), "17"], [TunnelFrames.Vxlan(InnerFrame, 8472), "17"],
        [TunnelFrames.Geneve(0x6558, InnerFrame), "17"], [TunnelFrames.Geneve(0x0800, Inner, optionWords: 3), "17"],
        [TunnelFrames.Gtp(Inner), "17"], [TunnelFrames.Gtp(Inner, extensionWords: 1), "17"], [TunnelFrames.Gtp(Inner, extensionWords: 2), "17"],
        [TunnelFrames.Erspan1(InnerFrame), ""], [TunnelFrames.Erspan2(InnerFrame), ""],
        [TunnelFrames.Erspan3(InnerFrame, subheader: false), ""], [TunnelFrames.Erspan3(InnerFrame, subheader: true), ""],
        [TunnelFrames.Vxlan(TunnelFrames.Vxlan(InnerFrame)), "17"],
    ];

    [TestMethod]
    [DynamicData(nameof(Frame))]
    public void The_inner_packet_is_the_flow_in_full_mode(byte[] frame, string compatibleProtocol)
    {
        var full = Export.Of(new PcapFile().Add(0, frame), ExportMode.Full);
        Assert.AreEqual("192.0.2.1", full["SRC_IP"]);
        Assert.AreEqual("2", full["DST_PORT"]);
        Assert.AreEqual("42", full["BYTES"]);
        var compatible = Export.Of(new PcapFile().Add(0, frame));
        CollectionAssert.AreEqual(compatibleProtocol.Length == 0 ? [] : new[] { compatibleProtocol }, compatible.Column("PROTOCOL"));
    }

    [TestMethod]
    public void What_is_no_tunnel_stays_a_flow_of_its_own()
    {
        foreach (var port in new[] { 4789, 6081, 2152 })
            Assert.AreEqual(port.ToString(), Export.Of(new PcapFile().Add(0, Frames.UdpFrame(1, port, 60)), ExportMode.Full)["DST_PORT"]);
        Assert.AreEqual("4789", Export.Of(new PcapFile().Add(0, TunnelFrames.Vxlan(Frames.Ethernet(0x0806, new byte[28]))), ExportMode.Full)["DST_PORT"]);
    }

    [TestMethod]
    public void Tunnels_inside_each_other_are_bounded()
    {
        var frame = InnerFrame;
        for (var i = 0; i < 500; i++)
            frame = TunnelFrames.Vxlan(frame);
        Assert.AreEqual("17", Export.Of(new PcapFile().Add(0, frame), ExportMode.Full)["PROTOCOL"]);
    }

    /// <summary>Two tenants may use the same inner addresses and ports.</summary>
    [TestMethod]
    public void Flows_of_different_virtual_networks_are_told_apart()
    {
        byte[] answer = Frames.Ethernet(0x0800, Frames.Ipv4("192.0.2.2", "192.0.2.1", 6, Frames.Tcp(2, 1, 0x18, [1, 2])));
        var file = new PcapFile().Add(0, TunnelFrames.Vxlan(InnerFrame, network: 1)).Add(1, TunnelFrames.Vxlan(InnerFrame, network: 2))
            .Add(2, TunnelFrames.Vxlan(answer, network: 2)).Add(3, TunnelFrames.Geneve(0x6558, InnerFrame, network: 2)).Add(4, InnerFrame)
            .Add(5, TunnelFrames.Vxlan(TunnelFrames.Vxlan(InnerFrame, network: 1), network: 3)).Add(6, TunnelFrames.Vxlan(InnerFrame, network: 1));
        string[] expected = ["0 0/0 1+0", "1 1/0 1+0", "1 1/0 2+0", "1 2/2 1+1", "2 2/0 1+0"];
        CollectionAssert.AreEqual(expected, Tunnels(file));
    }

    /// <summary>A GTP tunnel has another number each way: kept apart, no flow would have two directions.</summary>
    [TestMethod]
    public void Both_ways_of_a_gtp_tunnel_are_one_flow_with_both_numbers()
    {
        var answer = Frames.Ipv4("192.0.2.2", "192.0.2.1", 6, Frames.Tcp(2, 1, 0x18, [1, 2]));
        var file = new PcapFile().Add(0, TunnelFrames.Gtp(Inner, tunnel: 100)).Add(1, TunnelFrames.Gtp(answer, tunnel: 200)).Add(2, TunnelFrames.Gtp(answer, tunnel: 300));
        CollectionAssert.AreEqual(new[] { "3 100/200 1+2" }, Tunnels(file));
    }

    [TestMethod]
    public void The_session_of_a_mirror_is_told()
    {
        CollectionAssert.AreEqual(new[] { "4 3/0 1+0" }, Tunnels(new PcapFile().Add(0, TunnelFrames.Erspan2(InnerFrame))));
        CollectionAssert.AreEqual(new[] { "0 0/0 1+0" }, Tunnels(new PcapFile().Add(0, TunnelFrames.Erspan1(InnerFrame))));
    }

    /// <summary>Type, numbers both ways and packets both ways of every flow.</summary>
    private static string[] Tunnels(PcapFile file) => [.. Export.Of(file, ExportMode.Full).Rows
        .Select(row => $"{row["TUNNEL_TYPE"]} {row["TUNNEL_ID"]}/{row["TUNNEL_ID_REV"]} {row["PACKETS"]}+{row["PACKETS_REV"]}").Order(StringComparer.Ordinal)];

    [TestMethod]
    public void The_segment_size_is_two_bytes()
    {
        var frame = Frames.TcpFrame(1, 2, 2, options: [2, 4, 5, 0xB4, 1, 3, 3, 7]);
        Assert.AreEqual("1460", Export.Of(new PcapFile().Add(0, frame), ExportMode.Full)["TCP_MSS"]);
        Assert.AreEqual("95682819", Export.Of(frame)["TCP_MSS"]);
    }
}
