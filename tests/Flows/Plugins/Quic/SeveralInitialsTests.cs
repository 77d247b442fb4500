// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Plugins.Quic;

using static QuicPackets;

/// <summary>ClientHellos over several Initials, in full mode.</summary>
[TestClass]
public sealed class SeveralInitialsTests
{
    private static readonly byte[] Client = [0xC1, 1, 2, 3], Made = [0x51, 1, 2, 3, 4, 5, 6, 7], Server = [0x52, 1, 2, 3, 4, 5, 6, 7];
    private static readonly byte[] Large = QuicHellos.Client("large.example", padding: 1500);

    [TestMethod]
    [DataRow("01")]
    [DataRow("10")]
    [DataRow("0011")]
    [DataRow("1010")]
    public void Two_initials_in_any_order_are_read(string order)
    {
        var file = new PcapFile();
        var talk = new QuicTalk(file, 1);
        var number = 0;
        foreach (var half in order)
            talk.Client(Initial(half == '0' ? Crypto(0, Large[..1100]) : Crypto(1100, Large[1100..]), Made, Client, number: number++));
        talk.Server(ServerInitial(Client, Server));
        var (flows, result) = Export.Of(new ExportOptions(), file.ToArray());
        Assert.AreEqual("large.example", flows["QUIC_SNI"]);
        Assert.AreEqual("test/1 agent", flows["QUIC_USER_AGENT"]);
        Assert.AreEqual("5101020304050607", flows["QUIC_OSCID"]);
        Assert.AreEqual("5201020304050607", flows["QUIC_SCID"]);
        Assert.AreEqual("c1010203", flows["QUIC_OCCID"]);
        Assert.AreEqual("443", flows["QUIC_SERVER_PORT"]);
        Assert.AreEqual(0, result.StreamsGivenUp);
    }

    [TestMethod]
    public void The_servers_id_in_the_second_one_changes_nothing()
    {
        var file = new PcapFile();
        new QuicTalk(file, 1).Client(Initial(Crypto(0, Large[..1100]), Made, Client)).Server(ServerInitial(Client, Server))
            .Client(Initial(Crypto(1100, Large[1100..]), Server, Client, number: 1, keyId: Made));
        var flows = Export.Of(file, ExportMode.Full);
        Assert.AreEqual("large.example", flows["QUIC_SNI"]);
        Assert.AreEqual("5101020304050607", flows["QUIC_OSCID"]);
        Assert.AreEqual("0", flows["QUIC_MULTIPLEXED"]);
    }

    [TestMethod]
    public void Several_in_one_datagram_and_long_tokens_are_read()
    {
        var file = new PcapFile();
        new QuicTalk(file, 1).Client(Initial(Crypto(0, Large[..700]), Made, Client, padTo: 0), Initial(Crypto(700, Large[700..]), Made, Client, number: 1, padTo: 0));
        new QuicTalk(file, 2).Client(Initial(Crypto(0, Large[..700]), Made, Client, new byte[400]));
        new QuicTalk(file, 3).Client(ZeroRtt(Made, Client), Initial(Crypto(0, QuicHellos.Client("late.example")), Made, Client));
        var (flows, result) = Export.Of(new ExportOptions(), file.ToArray());
        CollectionAssert.AreEqual(new[] { "", "large.example", "late.example" }, flows.Column("QUIC_SNI"));
        Assert.AreEqual(1, result.StreamsGivenUp);
    }

    [TestMethod]
    public void Keys_cost_a_bounded_number_of_bytes_a_connection()
    {
        const int Connections = 300;
        byte[] Talks(int from)
        {
            var file = new PcapFile();
            for (var i = 0; i < Connections; i++)
            {
                byte[] id = [1, 2, 3, 4, 5, 6, (byte)(from >> 8), (byte)i];
                new QuicTalk(file, from + i).Client(Initial(Crypto(0, QuicHellos.Client("a.example")), id, Client)).Server(ServerInitial(Client, Server)).Server(Handshake(Client, Server));
            }
            return file.ToArray();
        }
        Export.Of(new ExportOptions(), Talks(1000));
        using var capture = new Tci.Flows.Captures.MergedCapture([Tci.Flows.Captures.CaptureFile.Open("talks", new MemoryStream([.. Talks(2000), .. Talks(3000)[24..]]))]);
        var run = new ExportRun(capture, Stream.Null, new ExportOptions { FlowCapacity = 16 });
        Assert.IsTrue(run.AddPackets(Connections * 3));
        var before = GC.GetAllocatedBytesForCurrentThread();
        run.AddPackets(Connections * 3);
        var perConnection = (GC.GetAllocatedBytesForCurrentThread() - before) / Connections;
        Assert.IsLessThan(8192, perConnection);
    }
}
