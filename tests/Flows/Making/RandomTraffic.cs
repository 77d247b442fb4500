// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Tests.Making;

/// <summary>
/// A seeded mixture of conversations of every kind the exporter knows, interleaved by time, over about ten minutes. It leaves
/// out what docs/formats/flow-csv.md lists as ipfixprobe's reads outside the packet, so that both must agree on it.
/// </summary>
internal sealed class RandomTraffic
{
    private const int Syn = 2, Fin = 1, Rst = 4, Ack = 16, Push = 24;

    private readonly Random random;
    private readonly TrafficKinds kinds;
    private readonly RandomMessages messages;
    private readonly List<(long Time, byte[] Frame)> packets = [];

    private RandomTraffic(int seed, TrafficKinds kinds)
    {
        this.kinds = kinds;
        random = new Random(seed);
        messages = new RandomMessages(random);
    }

    /// <param name="seed">The same one gives the same capture.</param>
    /// <param name="conversations">How many.</param>
    /// <param name="kinds">Beside what is always there.</param>
    public static PcapFile Of(int seed, int conversations, TrafficKinds kinds)
    {
        var traffic = new RandomTraffic(seed, kinds);
        for (var i = 0; i < conversations; i++)
            traffic.AddOne();
        var file = new PcapFile();
        foreach (var (time, frame) in traffic.packets.OrderBy(packet => packet.Time))
            file.Add(time, frame);
        return file;
    }

    private void AddOne()
    {
        var version6 = kinds.HasFlag(TrafficKinds.Version6) && messages.Chance(3);
        var talk = new RandomTalk(random, packets, random.NextInt64(600_000_000), version6);
        switch (random.Next(10))
        {
            case 0: Connection(talk); break;
            case 1: Web(talk); break;
            case 2: Tls(talk); break;
            case 3 or 4: Dns(talk); break;
            case 5: Quic(talk); break;
            case 6: Datagrams(talk); break;
            case 7: OtherProtocol(talk); break;
            case 8 when kinds.HasFlag(TrafficKinds.Fragments): Fragments(talk); break;
            case 9 when kinds.HasFlag(TrafficKinds.DnsOverTcp): DnsOverTcp(talk); break;
        }
    }

    /// <summary>Flags without much sense: SYN after FIN or RST, both directions, options.</summary>
    private void Connection(RandomTalk talk)
    {
        byte[] options = [2, 4, 5, (byte)random.Next(256), 1, 3, 3, 7, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2];
        for (var count = random.Next(1, 60); count > 0; count--)
        {
            var flags = random.Next(8) switch { 0 => Syn, 1 => Syn | Ack, 2 => Fin | Ack, 3 => Rst, 4 => random.Next(256), _ => Ack };
            talk.Tcp(random.Next(2) == 0, 9999, flags, (flags & Syn) == 0 || messages.Chance(4) ? messages.Noise(900) : [], messages.Chance(2) ? options : null);
        }
    }

    private void Web(RandomTalk talk)
    {
        Open(talk, 80);
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            talk.Tcp(true, 80, Push, messages.Request());
            if (!messages.Chance(5)) talk.Tcp(false, 80, Push, messages.Response());
            if (messages.Chance(3)) talk.Tcp(false, 80, Ack, messages.Noise(1200));
        }
        Close(talk, 80);
    }

    private void Tls(RandomTalk talk)
    {
        Open(talk, 443);
        talk.Hurries = true;
        talk.Tcp(true, 443, Push, messages.ClientHello());
        if (kinds.HasFlag(TrafficKinds.ServerHellos)) talk.Tcp(false, 443, Push, messages.ServerHello());
        talk.Hurries = false;
        for (var count = random.Next(40); count > 0; count--)
            talk.Tcp(random.Next(2) == 0, 443, Push, ByteBuilder.Join([23, 3, 3, 0, 200], messages.Noise(200)));
        Close(talk, 443);
    }

    private void Dns(RandomTalk talk)
    {
        var name = messages.Host();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var id = random.Next(65_536);
            talk.Udp(true, 53, messages.DnsQuery(id, name));
            if (!messages.Chance(4)) talk.Udp(false, 53, messages.DnsAnswer(id, name));
        }
    }

    private void DnsOverTcp(RandomTalk talk)
    {
        Open(talk, 53);
        byte[] query = messages.DnsQuery(7, messages.Host()), answer = messages.DnsAnswer(7, messages.Host());
        talk.Tcp(true, 53, Push, new ByteBuilder().U16(query.Length).Raw(query).ToArray()).Tcp(false, 53, Push, new ByteBuilder().U16(answer.Length).Raw(answer).ToArray());
        Close(talk, 53);
    }

    private void Quic(RandomTalk talk)
    {
        byte[] client = [0xC1, .. messages.Noise(6)], server = [0x51, 2, 3, 4, 5, 6, 7, (byte)random.Next(256)], first = [0x52, 2, 3, 4, 5, 6, 7, (byte)random.Next(256)];
        var hello = QuicPackets.Crypto(0, QuicHellos.Client(messages.Host(), parameters: QuicHellos.Parameters(messages.Word(60))));
        var token = messages.Noise(20);
        if (messages.Chance(3))
            talk.Udp(true, 443, QuicPackets.Initial(hello, first, client)).Udp(false, 443, QuicPackets.Retry(client, server, [1, 2, 3]))
                .Udp(true, 443, QuicPackets.Initial(hello, server, client, [1, 2, 3], number: 1));
        else
            talk.Udp(true, 443, QuicPackets.Initial(hello, server, client, token));
        if (messages.Chance(4)) talk.Udp(true, 443, QuicPackets.ZeroRtt(server, client));
        talk.Udp(false, 443, ByteBuilder.Join(QuicPackets.ServerInitial(client, first), QuicPackets.Handshake(client, first)));
        for (var count = random.Next(30); count > 0; count--)
            talk.Udp(random.Next(2) == 0, 443, [0x41, .. messages.Noise(200)]);
    }

    private void Datagrams(RandomTalk talk)
    {
        for (var count = random.Next(1, 80); count > 0; count--)
            talk.Udp(random.Next(3) > 0, 12_345, messages.Noise(300));
    }

    private void OtherProtocol(RandomTalk talk)
    {
        var protocol = talk.IsVersion6 ? 58 : new[] { 1, 2, 4, 50, 132 }[random.Next(5)];
        for (var count = random.Next(1, 10); count > 0; count--)
            talk.Packet(random.Next(2) == 0, protocol, [8, 0, .. messages.Noise(80)]);
    }

    /// <summary>A datagram in three pieces; the later ones take the ports of the first if they come in time.</summary>
    private void Fragments(RandomTalk talk)
    {
        var id = random.Next(65_536);
        var from = random.Next(2) == 0;
        talk.Packet(from, 17, Frames.Udp(7000 + random.Next(5), 12_345, new byte[72]), id, 0x2000)
            .Packet(from, 17, new byte[80], id, 0x2000 | 10).Packet(from, 17, new byte[33], id, 20);
    }

    private static void Open(RandomTalk talk, int port)
    {
        talk.Tcp(true, port, Syn, [], [2, 4, 5, 0xB4, 1, 3, 3, 7]).Tcp(false, port, Syn | Ack, [], [2, 4, 5, 0xB4, 4, 2, 1, 1]);
        talk.Tcp(true, port, Ack, []);
    }

    private void Close(RandomTalk talk, int port)
    {
        if (messages.Chance(3))
            return;
        talk.Tcp(true, port, Fin | Ack, []).Tcp(false, port, messages.Chance(3) ? Rst : Fin | Ack, []);
    }
}
