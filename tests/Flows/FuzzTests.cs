// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Captures;
using Tci.Flows.Parsing;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests;

/// <summary>Seeded and short: no input may throw, hang, or read outside its bytes (spans would throw).</summary>
[TestClass]
public sealed class FuzzTests
{
    private const int Rounds = 20_000;

    private static readonly LinkType[] Links =
        [LinkType.Ethernet, LinkType.LinuxSll, LinkType.LinuxSll2, LinkType.Raw, LinkType.Ipv4, LinkType.Ipv6];

    [TestMethod]
    public void Random_and_mutated_frames_are_parsed_without_harm()
    {
        var random = new Random(20_231_114);
        var seeds = Seeds();
        var packet = default(Packet);
        var parsed = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var frame = Mutation.Of(random, seeds[random.Next(seeds.Length)]);
            var mode = (ExportMode)(round % 2);
            if (PacketParser.TryParse(Links[random.Next(Links.Length)], frame, 0, mode, ref packet))
                parsed++;
        }
        Assert.IsGreaterThan(0, parsed, "a fuzz that never gets past the headers tests nothing");
    }

    [TestMethod]
    public void Mutated_pcap_and_pcapng_files_export_without_harm()
    {
        var random = new Random(9);
        var frames = Seeds();
        var pcap = new PcapFile();
        var pcapng = new PcapNgFile().Section().Interface();
        for (var i = 0; i < frames.Length; i++)
        {
            pcap.Add(i, frames[i]);
            pcapng.Packet(0, PcapFile.Start + i, frames[i]);
        }
        var files = new[] { pcap.ToArray(), pcapng.ToArray() };
        var rows = 0;
        for (var round = 0; round < 1500; round++)
            rows += Export.Of(new ExportOptions { FlowCapacity = 16 }, Mutation.Of(random, files[round % 2])).Flows.Rows.Count;
        Assert.IsGreaterThan(0, rows);
    }

    [TestMethod]
    public void Mutated_application_messages_are_parsed_without_harm()
    {
        var random = new Random(53);
        var dns = Frames.Text("\x12\x34\x81\x80\0\x01\0\x02\0\0\0\x01\x01" + "a\0\0\x21\0\x01\xc0\x0c\0\x21\0\x01\0\0\0\x07\0\x08\0\x01\0\x02\0\x03\xc0\x0c"
            + "\xc0\x0c\0\x06\0\x01\0\0\0\x07\0\x04\xc0\x0c\xc0\x0c\0\0\x29\x04\xd0\0\0\x80\0\0\0");
        var http = Frames.Text("HTTP/1.1 200 OK\r\nServer: x\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\n\r\n");
        var request = Frames.Text("GET /index HTTP/1.1\r\nHost: h\r\nReferer: r\r\nUser-Agent: u\r\n\r\n");
        var hello = Hello.Client(0x0303, [4865], Hello.Name("h"), Hello.List16(Hello.Groups, 29), Hello.Extension(Hello.PointFormats, [1, 0]));
        var answer = Hello.Server(0x0303, Hello.Protocols("h2", "x"), Hello.Extension(Hello.SupportedVersions, [3, 4]));
        var file = new PcapFile();
        for (var round = 0; round < Rounds; round++)
        {
            var (port, seed) = (round % 5) switch
            {
                0 => (53, dns),
                1 => (80, http),
                2 => (443, hello),
                3 => (443, answer),
                _ => (81, request),
            };
            file.Add(round, Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 17, Frames.Udp(port, 1000, Mutation.Of(random, seed)))));
        }
        Assert.IsGreaterThan(100, Export.Of(file).Rows.Count);
    }

    private static byte[][] Seeds()
    {
        var inner = Frames.Ipv4("192.0.2.1", "192.0.2.2", 6, Frames.Tcp(1, 2, 0x18, [1, 2], [2, 4, 5, 0xB4, 1, 3, 3, 7]));
        var extended = Frames.Ipv6("fe80::1", "fe80::2", 0, ByteBuilder.Join([44, 0, 0, 0, 0, 0, 0, 0], [17, 0, 0, 1, 0, 0, 0, 9], Frames.Udp(1, 2, [3])));
        byte[] label = [0, 1, 1, 64], pppoe = [0x11, 0, 0, 1, 0, 40, 0, 0x21], gre = [0x20, 0, 8, 0, 0, 0, 0, 1], trill = [0, 0x41, 0, 1, 0, 2, 9, 9, 9, 9];
        return
        [
            Frames.Ethernet(0x0800, inner), Frames.Ethernet(0x86DD, extended), Frames.Ethernet(0x8100, Frames.Vlan(1, 0x0800, inner)),
            Frames.Ethernet(0x8847, ByteBuilder.Join(label, inner)), Frames.Ethernet(0x8864, ByteBuilder.Join(pppoe, inner)),
            Frames.Ethernet(0x22F3, ByteBuilder.Join(trill, Frames.Ethernet(0x0800, inner))), inner, extended,
            Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 47, ByteBuilder.Join(gre, inner))),
            TunnelFrames.Vxlan(Frames.Ethernet(0x0800, inner)), TunnelFrames.Geneve(0x6558, Frames.Ethernet(0x0800, inner), optionWords: 1),
            TunnelFrames.Gtp(inner, extensionWords: 1), TunnelFrames.Erspan1(Frames.Ethernet(0x0800, inner)),
            TunnelFrames.Erspan2(Frames.Ethernet(0x0800, inner)), TunnelFrames.Erspan3(Frames.Ethernet(0x0800, inner), subheader: true),
        ];
    }
}
