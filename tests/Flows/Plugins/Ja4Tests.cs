// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Plugins;

[TestClass]
public sealed class Ja4Tests
{
    private static readonly int[] Ciphers = [0x2A2A, 0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xC013, 0xC014, 0x9C, 0x9D, 0x2F, 0x35];

    /// <summary>The worked example of the JA4 specification.</summary>
    [TestMethod]
    public void The_specifications_example_comes_out()
    {
        var hello = Hello.Client(0x0303, Ciphers, Hello.Extension(0x1A1A, []), Hello.Extension(0x1B, []), Hello.Name("example.org"), Hello.Extension(0x33, []), Hello.Protocols("h2", "http/1.1"),
            Hello.Extension(0x4469, []), Hello.Extension(0x17, []), Hello.Extension(0x2D, []), Hello.List16(13, 0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601),
            Hello.Extension(5, []), Hello.Extension(0x23, []), Hello.Extension(0x12, []), Hello.Extension(Hello.SupportedVersions, [6, 0x3A, 0x3A, 3, 4, 3, 3]),
            Hello.Extension(0xFF01, []), Hello.Extension(11, []), Hello.Extension(10, []), Hello.Extension(0x15, []), Hello.Extension(0x0A0A, []));
        Assert.AreEqual("t13d1516h2_8daaf6152771_e5627efa2ab1", Full(hello)["TLS_JA4"]);
    }

    [TestMethod]
    public void A_bare_hello_has_padded_counts_and_zero_hashes()
    {
        var flows = Full(Hello.Client(0x0302, [0x2F]));
        Assert.AreEqual("t11i010000_", flows["TLS_JA4"][..11]);
        Assert.EndsWith("_000000000000", flows["TLS_JA4"]);
    }

    [TestMethod]
    [DataRow("h2", "h2")]
    [DataRow("x", "xx")]
    [DataRow("\xAB", "ab")]
    [DataRow("a\xAB", "6b")]
    public void The_protocol_is_told_by_its_ends(string protocol, string label) =>
        Assert.AreEqual(label, Full(Hello.Client(0x0303, [0x2F], Hello.Protocols(protocol)))["TLS_JA4"][8..10]);

    [TestMethod]
    public void Encrypted_client_hello_is_seen_or_not()
    {
        Assert.AreEqual("1", Full(Hello.Client(0x0303, [0x2F], Hello.Extension(0xFE0D, [0])))["TLS_ECH"]);
        Assert.AreEqual("0", Full(Hello.Client(0x0303, [0x2F], Hello.Name("a")))["TLS_ECH"]);
    }

    [TestMethod]
    public void Hellos_inside_quic_have_one_too()
    {
        var file = new PcapFile();
        new QuicTalk(file, 1).Client(QuicPackets.Initial(QuicPackets.Crypto(0, QuicHellos.Client("q.example")), [1, 2, 3, 4, 5, 6, 7, 8]));
        var flows = Export.Of(file, ExportMode.Full);
        Assert.StartsWith("q13d0306h3_", flows["TLS_JA4"]);
        Assert.AreEqual("h3", flows["TLS_ALPN_OFFERED"]);
    }

    private static FlowFile Full(byte[] hello) =>
        Export.Of(new PcapFile().Add(0, Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 6, Frames.Tcp(9, 443, 0x18, hello)))), ExportMode.Full);
}
