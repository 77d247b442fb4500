// SPDX-License-Identifier: BSD-3-Clause
using System.IO.Compression;

namespace Tci.Flows.Tests.Making;

/// <summary>Well-formed inputs of every kind that is read; what the fuzz damages.</summary>
internal static class FuzzSeeds
{
    public static readonly byte[][] Packets = MakeFrames();

    public static readonly byte[] Pcap = MakePcap(new PcapFile());

    public static readonly byte[] PcapSwapped = MakePcap(new PcapFile(bigEndian: true, nanoseconds: true));

    public static readonly byte[] PcapNg = MakePcapNg();

    public static readonly byte[] Gzip = Compressed(Pcap);

    public static readonly byte[] Dns = Frames.Text("\x12\x34\x81\x80\0\x01\0\x02\0\0\0\x01\x01" + "a\0\0\x21\0\x01\xc0\x0c\0\x21\0\x01\0\0\0\x07\0\x08\0\x01\0\x02\0\x03\xc0\x0c"
        + "\xc0\x0c\0\x06\0\x01\0\0\0\x07\0\x04\xc0\x0c\xc0\x0c\0\0\x29\x04\xd0\0\0\x80\0\0\0");

    public static readonly byte[] Request = Frames.Text("GET /index HTTP/1.1\r\nHost: h\r\nReferer: r\r\nUser-Agent: u\r\n\r\n");

    public static readonly byte[] Response = Frames.Text("HTTP/1.1 200 OK\r\nServer: x\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\n\r\n");

    public static readonly byte[] ClientHello = Hello.Client(
        0x0303, [4865], Hello.Name("h"), Hello.List16(Hello.Groups, 29), Hello.Extension(Hello.PointFormats, [1, 0]), Hello.Protocols("h2", "x"), Hello.List16(13, 0x0403));

    public static readonly byte[] ServerHello = Hello.Server(0x0303, Hello.Protocols("h2", "x"), Hello.Extension(Hello.SupportedVersions, [3, 4]));

    private static byte[][] MakeFrames()
    {
        var inner = Frames.Ipv4("192.0.2.1", "192.0.2.2", 6, Frames.Tcp(1, 2, 0x18, [1, 2], [2, 4, 5, 0xB4, 1, 3, 3, 7]));
        var extended = Frames.Ipv6("fe80::1", "fe80::2", 0, ByteBuilder.Join([44, 0, 0, 0, 0, 0, 0, 0], [17, 0, 0, 1, 0, 0, 0, 9], Frames.Udp(1, 2, [3])));
        byte[] label = [0, 1, 1, 64], pppoe = [0x11, 0, 0, 1, 0, 40, 0, 0x21], gre = [0x20, 0, 8, 0, 0, 0, 0, 1], trill = [0, 0x41, 0, 1, 0, 2, 9, 9, 9, 9];
        var ethernet = Frames.Ethernet(0x0800, inner);
        return
        [
            ethernet, Frames.Ethernet(0x86DD, extended), Frames.Ethernet(0x8100, Frames.Vlan(1, 0x0800, inner)),
            Frames.Ethernet(0x8847, ByteBuilder.Join(label, inner)), Frames.Ethernet(0x8864, ByteBuilder.Join(pppoe, inner)),
            Frames.Ethernet(0x22F3, ByteBuilder.Join(trill, ethernet)), inner, extended,
            Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 47, ByteBuilder.Join(gre, inner))),
            TunnelFrames.Vxlan(ethernet), TunnelFrames.Geneve(0x6558, ethernet, optionWords: 1), TunnelFrames.Gtp(inner, extensionWords: 1),
            TunnelFrames.Erspan1(ethernet), TunnelFrames.Erspan2(ethernet), TunnelFrames.Erspan3(ethernet, subheader: true),
        ];
    }

    private static byte[] MakePcap(PcapFile file)
    {
        for (var i = 0; i < Packets.Length; i++)
            file.Add(i, Packets[i]);
        return file.ToArray();
    }

    private static byte[] MakePcapNg()
    {
        var file = new PcapNgFile().Section().Interface().Interface(linkType: 101, snapBytes: 96, resolution: 9, offsetSeconds: 5);
        for (var i = 0; i < Packets.Length; i++)
            file.Packet(i % 2, PcapFile.Start + i, Packets[i]);
        // Names, statistics and a kind that nobody knows.
        file.Block(4, body => body.Raw(new byte[20])).Block(5, body => body.Raw(new byte[12])).Block(0x0BAD, body => body.Raw(new byte[7]));
        return file.SimplePacket(Packets[0]).Section().Interface().Packet(0, PcapFile.Start, Packets[0]).ToArray();
    }

    private static byte[] Compressed(byte[] bytes)
    {
        using var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return to.ToArray();
    }
}
