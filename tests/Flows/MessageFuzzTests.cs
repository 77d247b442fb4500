// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Plugins;
using Tci.Flows.Plugins.Quic;
using Tci.Flows.Plugins.Tls;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests;

/// <summary>Seeded and short: parsers behind encryption and reassembly, reached directly and through the exporter.</summary>
[TestClass]
public sealed class MessageFuzzTests
{
    private const int Rounds = 20_000;

    [TestMethod]
    public void Mutated_frames_of_initials_are_read_without_harm()
    {
        var random = new Random(9000);
        var hello = QuicHellos.Client("fuzz.example", padding: 300);
        byte[] ack = [2, 5, 0, 2, 1, 1, 1, 1, 1], close = [0x1C, 1, 6, 2, 65, 66];
        var seed = ByteBuilder.Join(ack, QuicPackets.Crypto(30, hello[30..]), [1, 0, 0], QuicPackets.Crypto(0, hello[..30]), close);
        var frames = new CryptoFrames();
        var quic = new QuicHello();
        var more = new ClientHelloReader(ExportMode.Full);
        var read = 0;
        for (var round = 0; round < Rounds; round++)
        {
            frames.Clear();
            if (!frames.TryAssemble(Mutation.Of(random, seed)) || !HelloHeader.TryRead(frames.Message, out var header))
                continue;
            quic.Read(header, (ExportMode)(round % 2));
            more.Read(header, (byte)'q', quic.ClientHello);
            read++;
        }
        Assert.IsGreaterThan(Rounds / 10, read);
    }

    [TestMethod]
    public void Mutated_and_well_protected_datagrams_are_read_without_harm()
    {
        var random = new Random(9001);
        var hello = QuicHellos.Client("fuzz.example");
        byte[] id = [1, 2, 3, 4, 5, 6, 7, 8];
        var file = new PcapFile();
        for (var round = 0; round < 3000; round++)
        {
            var frames = Mutation.Of(random, ByteBuilder.Join(QuicPackets.Crypto(30, hello[30..]), QuicPackets.Crypto(0, hello[..30])));
            var packet = QuicPackets.Initial(frames, id, [9], new byte[random.Next(3)], padTo: 40);
            var datagram = ByteBuilder.Join(packet, QuicPackets.ZeroRtt(id, [9]), QuicPackets.Handshake(id, [9], bytes: 9), QuicPackets.Retry(id, [9], [1]));
            if (round % 2 == 0)
                datagram = Mutation.Of(random, datagram);
            file.Add(round, Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 17, Frames.Udp(1000 + (round % 50), 443, datagram))));
        }
        foreach (var mode in new[] { ExportMode.Compatible, ExportMode.Full })
            Assert.Contains("fuzz.example", Export.Of(file, mode).Column("QUIC_SNI"));
    }

    [TestMethod]
    public void Random_segments_are_put_together_without_harm()
    {
        var random = new Random(9293);
        byte[][] streams =
        [
            Hello.Client(0x0303, [4865], Hello.Name("fuzz.example"), Hello.Extension(21, new byte[900])),
            Frames.Text("GET /fuzz HTTP/1.1\r\nHost: fuzz.example\r\n\r\nGET /again HTTP/1.1\r\nHost: again\r\n\r\n"),
            Frames.Text("\0\x13\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x01" + "a\0\0\x01\0\x01\0\x05"),
        ];
        var file = new PcapFile();
        for (var round = 0; round < 6000; round++)
        {
            var stream = Mutation.Of(random, streams[round % 3]);
            var start = random.Next(-3, stream.Length + 1);
            var payload = stream[Math.Max(0, start)..Math.Min(stream.Length, Math.Max(0, start) + random.Next(1, 500))];
            var flags = random.Next(20) == 0 ? random.Next(256) : 0x18;
            var sequence = random.Next(50) == 0 ? random.NextInt64(uint.MaxValue) : (uint)(start + 1);
            var tcp = Frames.Tcp(1000 + random.Next(30), round % 3 == 2 ? 53 : 443, flags, payload, sequence: sequence);
            file.Add(round, Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 6, tcp)));
        }
        var (flows, result) = Export.Of(new ExportOptions(), file.ToArray());
        Assert.AreEqual(6000, flows.Rows.Sum(row => long.Parse(row["PACKETS"]) + long.Parse(row["PACKETS_REV"])) + result.PacketsWithoutFlow);
        Assert.Contains("fuzz.example", flows.Column("HTTP_REQUEST_HOST"));
    }

    [TestMethod]
    public void Random_transport_parameters_are_read_without_harm()
    {
        var random = new Random(3129);
        var text = new TextField(QuicHello.MaxTextBytes);
        var seed = QuicHellos.Parameters("agent");
        for (var round = 0; round < Rounds; round++)
        {
            var body = Mutation.Of(random, seed);
            TransportParameters.ReadUserAgent(body, random.Next(body.Length + 1), (ExportMode)(round % 2), text);
        }
        Assert.IsFalse(text.IsEmpty);
    }
}
