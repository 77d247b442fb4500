// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Plugins.Quic;

/// <summary>The whole client Initial of RFC 9001, appendix A.2, through the exporter.</summary>
[TestClass]
public sealed class RfcPacketTests
{
    private const string CryptoFrame = "060040f1010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e86804fe3a47f06a2b69484c00000413011302010000c000000010000e00000b65"
        + "78616d706c652e636f6dff01000100000a00080006001d00170018001000070005" + "04616c706e000500050100000000003300260024001d00209370b2c9caa47fba"
        + "baf4559fedba753de171fa71f50f1ce15d43e994ec74d748002b0003020304000d0010000e0403050306030203080408050806002d00020101001c00024001003900320408ffffffffffffffff"
        + "05048000ffff07048000ffff0801100104800075300901100f088394c8f03e51570806048000ffff";

    [TestMethod]
    public void The_packet_the_tests_make_is_the_RFCs()
    {
        var packet = Packet();
        Assert.HasCount(1200, packet);
        Assert.AreEqual("c000000001088394c8f03e5157080000449e7b9aec34d1b1c98dd7689fb8ec11", Convert.ToHexStringLower(packet[..32]));
        Assert.AreEqual("e221af44860018ab0856972e194cd934", Convert.ToHexStringLower(packet[^16..]));
    }

    [TestMethod]
    [DataRow(ExportMode.Compatible)]
    [DataRow(ExportMode.Full)]
    public void It_is_opened(ExportMode mode)
    {
        var file = new PcapFile();
        new QuicTalk(file, 1).Client(Packet());
        var flows = Export.Of(file, mode);
        Assert.AreEqual("example.com", flows["QUIC_SNI"]);
        Assert.AreEqual("8394c8f03e515708", flows["QUIC_OSCID"]);
        Assert.AreEqual("[0|65281|10|16|5|51|43|13|45|28|57]", flows["QUIC_TLS_EXT_TYPE"]);
        Assert.AreEqual("[16|1|8|7|5|38|3|16|2|2|50]", flows["QUIC_TLS_EXT_LEN"]);
    }

    private static byte[] Packet() => QuicPackets.Initial(
        Convert.FromHexString(CryptoFrame), Convert.FromHexString("8394c8f03e515708"), number: 2, numberBytes: 4);
}
