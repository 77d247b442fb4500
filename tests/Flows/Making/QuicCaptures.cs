// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Plugins.Quic;

namespace Tci.Flows.Tests.Making;

using static QuicPackets;

/// <summary>Captures of QUIC conversations, each with several flows told apart by the client's port.</summary>
internal static class QuicCaptures
{
    private static readonly byte[] C1 = [0xC1, 1, 2, 3], C2 = [0xC2, 1, 2, 3, 4, 5, 6, 7], None = [];
    private static readonly byte[] S1 = [0x51, 1, 2, 3, 4, 5, 6, 7], S2 = [0x52, 1, 2, 3, 4, 5, 6, 7], S3 = [0x53, 0, 2, 3, 4, 5, 6, 7];

    /// <summary>The versions whose Initials are opened, one flow each, with the server's answer.</summary>
    public static PcapFile Versions()
    {
        var file = new PcapFile();
        (uint Version, InitialSalt Salt)[] versions =
        [
            (1, InitialSalt.Version1), (Version2, InitialSalt.Version2), (Draft29, InitialSalt.Draft29), (0xFF00001B, InitialSalt.Draft23),
            (0xFF000016, InitialSalt.Draft21), (0xFF000014, InitialSalt.Draft17), (0xFF00000E, InitialSalt.Draft10), (0xFF000008, InitialSalt.Draft7),
            (0xFF000022, InitialSalt.Version1), (0x50435130, InitialSalt.Picoquic), (0xFACEB002, InitialSalt.Draft23), (0xFACEB001, InitialSalt.Draft21),
            (0xFACEB000, InitialSalt.Draft17), (0xABCD0001, InitialSalt.Draft29), (0x51474F01, InitialSalt.Version1), (0x709A50C4, InitialSalt.Version2Provisional),
            (0x1A2A3A4A, InitialSalt.Version1), (0xF123F0C1, InitialSalt.Draft10), (0xFACEB003, InitialSalt.Version1), (0x45474712, InitialSalt.Draft17),
        ];
        for (var i = 0; i < versions.Length; i++)
        {
            var (version, salt) = versions[i];
            var hello = Crypto(0, QuicHellos.Client($"version{i}.example", version >> 24 == 0xFF ? QuicHellos.DraftTransportParameters : QuicHellos.TransportParameters));
            new QuicTalk(file, 1000 + i)
                .Client(Initial(hello, S1, C1, version: version, salt: salt))
                .Server(ServerInitial(C1, S2, version), Handshake(C1, S2, version))
                .Client(Handshake(S2, C1, version));
        }
        return file;
    }

    public static PcapFile Retries()
    {
        var file = new PcapFile();
        var hello = Crypto(0, QuicHellos.Client("retry.example"));
        byte[] token = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        new QuicTalk(file, 2000).Client(Initial(hello, S1, C1)).Server(Retry(C1, S2, token)).Client(Initial(hello, S2, C1, token, number: 1))
            .Server(ServerInitial(C1, S3), Handshake(C1, S3)).Client(Handshake(S3, C1));
        new QuicTalk(file, 2001).Server(Retry(C1, S2, token)).Client(Initial(hello, S2, C1, token)).Server(Handshake(C1, S3));
        new QuicTalk(file, 2002).Client(Initial(hello, S1, None)).Server(Retry(None, S2, token)).Server(Retry(None, S3, token))
            .Client(Initial(hello, S2, None, token)).Server(ServerInitial(None, S3));
        new QuicTalk(file, 2003).Client(Initial(hello, S1, C1, new byte[280])).Server(ServerInitial(C1, S2));
        return file;
    }

    public static PcapFile Coalesced()
    {
        var file = new PcapFile();
        byte[] ack = [2, 0, 0, 0, 0], shortHeader = [0x41, .. S2, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9];
        var hello = Crypto(0, QuicHellos.Client("coalesced.example"));
        new QuicTalk(file, 3000).Client(Initial(hello, S1, C1, padTo: 0), ZeroRtt(S1, C1), ZeroRtt(S1, C1)).Client(ZeroRtt(S1, C1))
            .Server(ServerInitial(C1, S2), Handshake(C1, S2), shortHeader).Client(Initial(ack, S2, C1, keyId: S1), Handshake(S2, C1)).Client(shortHeader)
            .Client([0x01, 2, 3]).Server(shortHeader);
        new QuicTalk(file, 3001).Client(ZeroRtt(S1, C1)).Client(Initial(hello, S1, C1)).Server(Handshake(C1, S2)).Client(Handshake(S2, C1));
        new QuicTalk(file, 3002).Server(ServerInitial(C1, S2)).Client(Handshake(S2, C1)).Server(Handshake(C1, S2)).Client(Initial(hello, S2, C1));
        new QuicTalk(file, 3003).Client(Handshake(S2, C1)).Server(Handshake(C1, S2));
        new QuicTalk(file, 3004).Client(ZeroRtt(S1, C1), Initial(hello, S1, C1));
        new QuicTalk(file, 3005).Server(Handshake(C1, S2)).Client(Initial(ack, S1, C1)).Client(Initial(hello, S1, C1, number: 1)).Client(Handshake(S3, C1));
        return file;
    }

    public static PcapFile Negotiations()
    {
        var file = new PcapFile();
        var hello = Crypto(0, QuicHellos.Client("negotiated.example"));
        new QuicTalk(file, 4000).Client(Initial(hello, S1, C1, version: 0x0A1A2A3A)).Server(VersionNegotiation(C1, S1, 1, Version2))
            .Client(Initial(hello, S1, C1)).Server(Handshake(C1, S2));
        new QuicTalk(file, 4001).Server(VersionNegotiation(C1, S1, 1)).Server(VersionNegotiation(C1, S1, Draft29, 1));
        new QuicTalk(file, 4002).Client(Initial(hello, S1, C1)).Server(ServerInitial(C1, S2, Version2), Handshake(C1, S2, Version2))
            .Client(Handshake(S2, C1, Version2));
        return file;
    }

    public static PcapFile Multiplexed()
    {
        var file = new PcapFile();
        byte[] First(string name, byte[] to, int number = 0) => Initial(Crypto(0, QuicHellos.Client(name)), to, C2, number: number);
        new QuicTalk(file, 5000).Client(First("one.example", S1)).Client(First("one.example", S1, 1)).Client(First("two.example", S2))
            .Client(First("one.example", S3)).Server(ServerInitial(C2, S2)).Client(First("one.example", S2, 2)).Server(Handshake(C2, S3));
        new QuicTalk(file, 5001).Client(First("zero.example", S3)).Client(First("zero.example", [0x53, 0, 9, 9, 9, 9, 9, 9]));
        return file;
    }

    /// <summary>Hellos in pieces, and packets that are not what they should be.</summary>
    public static PcapFile Odd()
    {
        var file = new PcapFile();
        var hello = QuicHellos.Client("odd.example");
        var large = QuicHellos.Client("large.example", padding: 1500);
        byte[] ping = [1], ack = [3, 5, 0, 1, 2, 3, 4, 1, 1, 1], close = [0x1C, 1, 6, 2, 65, 66], longId = new byte[21];
        new QuicTalk(file, 6000).Client(Initial(ByteBuilder.Join(Crypto(40, hello[40..]), ping, ack, Crypto(0, hello[..40]), close), S1, C1));
        new QuicTalk(file, 6001).Client(Initial(Crypto(0, large[..1100]), S1, C1)).Client(Initial(Crypto(1100, large[1100..]), S1, C1, number: 1))
            .Server(ServerInitial(C1, S2));
        new QuicTalk(file, 6002).Client(Initial(Crypto(1100, large[1100..]), S1, C1, number: 1)).Client(Initial(Crypto(0, large[..1100]), S1, C1));
        new QuicTalk(file, 6003).Client(Initial(Crypto(0, hello), S1, longId)).Client(Initial(Crypto(0, hello), new byte[20], C1));
        var damaged = Initial(Crypto(0, hello), S1, C1);
        damaged[^1] ^= 1;
        new QuicTalk(file, 6004).Client(damaged).Client(damaged[..600]).Client(Initial([0x40, 0], S1, C1));
        var greased = Handshake(S1, C1);
        greased[0] &= 0xBF;
        new QuicTalk(file, 6005).Client(greased).Server([0xC0, 0, 0, 0, 1, 21, 0, 0, 0]).Client([0xC0, 0, 0, 0, 7, 0, 0, 0, 0]).Client(Handshake(S1, C1, bytes: 1501));
        new QuicTalk(file, 6006).Client(Initial(Crypto(0, QuicHellos.Client("agent.example", parameters: [0x71, 0x29, 1, 65])), S1, C1));
        new QuicTalk(file, 6008).Client(Initial(Crypto(0, QuicHellos.Client("padded.example", padding: 300)), S1, C1));
        new QuicTalk(file, 6007).Client(Initial(Crypto(0, hello[..60]), S1, C1)).Client(Initial(Crypto(60, hello[60..]), S1, C1, number: 1));
        return file;
    }
}
