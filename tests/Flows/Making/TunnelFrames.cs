// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Tests.Making;

/// <summary>Whole frames with a tunnel from A to B around an Ethernet frame or an IP packet.</summary>
internal static class TunnelFrames
{
    public static byte[] Vxlan(byte[] frame, int port = 4789, int network = 42) => OverUdp(port, ByteBuilder.Join([8, 0, 0, 0, 0, 0, (byte)network, 0], frame));

    public static byte[] Geneve(int type, byte[] inner, int optionWords = 0, int network = 42) =>
        OverUdp(6081, new ByteBuilder().U8(optionWords).U8(0).U16(type).U32(network << 8).Raw(new byte[optionWords * 4]).Raw(inner).ToArray());

    /// <summary>With extension headers (of one kind, chained) where words are given.</summary>
    public static byte[] Gtp(byte[] packet, int extensionWords = 0, int tunnel = 7)
    {
        var gtp = new ByteBuilder().U8(extensionWords > 0 ? 0x34 : 0x30).U8(0xFF).U16(packet.Length).U32(tunnel);
        if (extensionWords > 0)
            gtp.U16(0).U8(0).U8(0x85).U8(extensionWords).Raw(new byte[(extensionWords * 4) - 1]);
        return OverUdp(2152, gtp.Raw(packet).ToArray());
    }

    public static byte[] Erspan1(byte[] frame) => OverGre(new ByteBuilder().U16(0).U16(0x88BE).Raw(frame));

    public static byte[] Erspan2(byte[] frame) => OverGre(new ByteBuilder().U16(0x1000).U16(0x88BE).U32(1).U16(0x1000).U16(0xFC03).U32(0).Raw(frame));

    public static byte[] Erspan3(byte[] frame, bool subheader) => OverGre(new ByteBuilder().U16(0x1000).U16(0x22EB).U32(1)
        .Raw(0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)(subheader ? 1 : 0)).Raw(new byte[subheader ? 8 : 0]).Raw(frame));

    private static byte[] OverUdp(int port, byte[] payload) => Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 17, Frames.Udp(50_000, port, payload)));

    private static byte[] OverGre(ByteBuilder gre) => Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 47, gre.ToArray()));
}
