// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Plugins;
using Tci.Flows.Plugins.Quic;
using Tci.Flows.Plugins.Tls;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Fuzzing;

/// <summary>What lies behind the protection of Initials, which damage alone never gets through.</summary>
internal static class QuicTargets
{
    private static readonly byte[] s_hello = QuicHellos.Client("fuzz.example", padding: 300);
    private static readonly byte[] s_parameters = QuicHellos.Parameters("agent");

    public static bool Frames(Random random)
    {
        byte[] ack = [2, 5, 0, 2, 1, 1, 1, 1, 1], close = [0x1C, 1, 6, 2, 65, 66];
        var seed = ByteBuilder.Join(ack, QuicPackets.Crypto(30, s_hello[30..]), [1, 0, 0], QuicPackets.Crypto(0, s_hello[..30]), close);
        var frames = new CryptoFrames();
        if (!frames.TryAssemble(Mutation.Of(random, seed)) || !HelloHeader.TryRead(frames.Message, out var header))
            return false;
        var quic = new QuicHello();
        quic.Read(header, (ExportMode)random.Next(2));
        new ClientHelloReader(ExportMode.Full).Read(header, (byte)'q', quic.ClientHello);
        return true;
    }

    public static bool Datagrams(Random random)
    {
        byte[] id = [1, 2, 3, 4, 5, 6, 7, 8];
        var file = new PcapFile();
        for (var i = 0; i < 4; i++)
        {
            var frames = Mutation.Of(random, ByteBuilder.Join(QuicPackets.Crypto(30, s_hello[30..]), QuicPackets.Crypto(0, s_hello[..30])));
            var packet = QuicPackets.Initial(frames, id, [9], new byte[random.Next(3)], padTo: 40);
            var datagram = ByteBuilder.Join(packet, QuicPackets.ZeroRtt(id, [9]), QuicPackets.Handshake(id, [9], bytes: 9), QuicPackets.Retry(id, [9], [1]));
            datagram = random.Next(2) == 0 ? Mutation.Of(random, datagram) : datagram;
            file.Add(i, Making.Frames.Ethernet(0x0800, Making.Frames.Ipv4(Making.Frames.A, Making.Frames.B, 17, Making.Frames.Udp(1000 + random.Next(2), 443, datagram))));
        }
        return Export.Of(file, (ExportMode)random.Next(2)).Rows.Any(row => row["QUIC_SNI"].Length > 0);
    }

    public static bool Parameters(Random random)
    {
        var body = Mutation.Of(random, s_parameters);
        var text = new TextField(QuicHello.MaxTextBytes);
        TransportParameters.ReadUserAgent(body, random.Next(body.Length + 1), (ExportMode)random.Next(2), text);
        return !text.IsEmpty;
    }
}
