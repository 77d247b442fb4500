// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Captures;
using Tci.Flows.Parsing;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Fuzzing;

/// <summary>Packets and what they carry. Spans throw where something is read outside them.</summary>
internal static class PacketTargets
{
    private static readonly LinkType[] s_links = [LinkType.Ethernet, LinkType.LinuxSll, LinkType.LinuxSll2, LinkType.Raw, LinkType.Ipv4, LinkType.Ipv6];

    private static readonly byte[][] s_streams =
    [
        Hello.Client(0x0303, [4865], Hello.Name("fuzz.example"), Hello.Extension(21, new byte[900])),
        Frames.Text("GET /fuzz HTTP/1.1\r\nHost: fuzz.example\r\n\r\nGET /again HTTP/1.1\r\nHost: again\r\n\r\n"),
        Frames.Text("\0\x13\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x01" + "a\0\0\x01\0\x01\0\x05"),
    ];

    public static bool Frame(Random random)
    {
        var packet = default(Packet);
        var frame = Mutation.Of(random, FuzzSeeds.Packets[random.Next(FuzzSeeds.Packets.Length)]);
        return PacketParser.TryParse(s_links[random.Next(s_links.Length)], frame, 0, (ExportMode)random.Next(2), ref packet);
    }

    /// <summary>Messages of DNS, HTTP and TLS, whole in their packets.</summary>
    public static bool Datagrams(Random random)
    {
        (int Port, byte[] Seed)[] seeds =
            [(53, FuzzSeeds.Dns), (80, FuzzSeeds.Response), (81, FuzzSeeds.Request), (443, FuzzSeeds.ClientHello), (443, FuzzSeeds.ServerHello)];
        var file = new PcapFile();
        for (var i = 0; i < 10; i++)
        {
            var (port, seed) = seeds[random.Next(seeds.Length)];
            var (bytes, other) = (Mutation.Of(random, seed), 1000 + random.Next(3));
            file.Add(i, random.Next(3) == 0
                ? Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 6, Frames.Tcp(port, other, 0x18, port == 53 ? [0, (byte)bytes.Length, .. bytes] : bytes)))
                : Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 17, Frames.Udp(port, other, bytes))));
        }
        return Count(file.ToArray(), (ExportMode)random.Next(2)).Rows.Any(row => row["DNS_NAME"] + row["HTTP_REQUEST_METHOD"] + row["TLS_EXT_TYPE"] != "[]");
    }

    /// <summary>Streams in pieces: out of order, overlapping, damaged, with numbers from anywhere.</summary>
    public static bool Segments(Random random)
    {
        var file = new PcapFile();
        for (var round = 0; round < 60; round++)
        {
            var stream = Mutation.Of(random, s_streams[round % 3]);
            var start = Math.Max(0, random.Next(-3, stream.Length + 1));
            var payload = stream[start..Math.Min(stream.Length, start + random.Next(1, 500))];
            var flags = random.Next(20) == 0 ? random.Next(256) : 0x18;
            var sequence = random.Next(50) == 0 ? random.NextInt64(uint.MaxValue) : (uint)(start + 1);
            var tcp = Frames.Tcp(1000 + random.Next(4), round % 3 == 2 ? 53 : 443, flags, payload, sequence: sequence);
            file.Add(round, Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 6, tcp)));
        }
        return Count(file.ToArray(), ExportMode.Full).Rows.Any(row => row["HTTP_REQUEST_HOST"] + row["TLS_SNI"] + row["DNS_NAME"] != "");
    }

    /// <summary>Random traffic of which every fourth packet or so is damaged.</summary>
    public static bool Traffic(Random random)
    {
        var whole = RandomTraffic.Of(random.Next(), 40, (TrafficKinds)random.Next(16)).ToArray();
        var file = new PcapFile();
        foreach (var (frame, i) in PcapFile.FramesOf(whole).Select((frame, i) => (frame, i)))
            file.Add(i * 1000L, random.Next(4) == 0 ? Mutation.Of(random, frame) : frame);
        return Count(file.ToArray(), (ExportMode)random.Next(2)).Rows.Count > 10;
    }

    /// <summary>Every packet is in one flow or in none, whatever it holds.</summary>
    private static FlowFile Count(byte[] capture, ExportMode mode)
    {
        var (flows, result) = Export.Of(new ExportOptions { Mode = mode, FlowCapacity = 256 }, capture);
        Assert.AreEqual(result.Packets, flows.Rows.Sum(row => long.Parse(row["PACKETS"]) + long.Parse(row["PACKETS_REV"])) + result.PacketsWithoutFlow);
        return flows;
    }
}
