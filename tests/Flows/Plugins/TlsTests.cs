// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Plugins;

[TestClass]
public sealed class TlsTests
{
    private const int Grease = 0x2A2A;

    [TestMethod]
    public void The_client_hello_gives_name_extensions_and_fingerprint()
    {
        var flows = Export.Of(ToServer(Hello.Client(0x0303, [Grease, 4865, 49195], Hello.Extension(Grease, []), Hello.Name("example.org"),
            Hello.List16(Hello.Groups, Grease, 29, 23), Hello.Extension(Hello.PointFormats, [2, 0, 1]), Hello.Protocols("h2"))));
        Assert.AreEqual("771", flows["TLS_VERSION"]);
        Assert.AreEqual("example.org", flows["TLS_SNI"]);
        Assert.AreEqual("", flows["TLS_ALPN"], "the offer is not the choice");
        Assert.AreEqual($"[{Grease}|0|10|11|16]", flows["TLS_EXT_TYPE"]);
        Assert.AreEqual("[0|16|8|3|5]", flows["TLS_EXT_LEN"]);
        Assert.AreEqual(Ja3("771,4865-49195,0-10-11-16,29-23,0-1"), flows["TLS_JA3"]);
    }

    [TestMethod]
    [DataRow(ExportMode.Compatible, "259,47-,10-,29-,")]
    [DataRow(ExportMode.Full, "769,47,10,29,")]
    public void Compatible_mode_keeps_the_fingerprints_faults(ExportMode mode, string text)
    {
        var hello = Hello.Client(0x0301, [47, Grease], Hello.List16(Hello.Groups, 29, Grease), Hello.Extension(Grease, []));
        Assert.AreEqual(Ja3(text), Export.Of(new PcapFile().Add(0, ToServer(hello)), mode)["TLS_JA3"]);
    }

    [TestMethod]
    public void The_server_hello_gives_the_chosen_protocol_and_version_once()
    {
        var flows = Export.Of(
            ToServer(Hello.Client(0x0303, [4865], Hello.Name("a"))),
            FromServer(Hello.Server(0x0303, Hello.Protocols("h2", "x"), Hello.Extension(Hello.SupportedVersions, [3, 4]))),
            FromServer(Hello.Server(0x0303, Hello.Extension(Hello.SupportedVersions, [3, 2]))));
        Assert.AreEqual("h2;x", flows["TLS_ALPN"]);
        Assert.AreEqual("772", flows["TLS_VERSION"]);
    }

    [TestMethod]
    public void A_server_hello_alone_leaves_nothing_in_its_own_or_the_next_flow()
    {
        var stray = Frames.Ethernet(0x0800, Frames.Ipv4(Frames.B, Frames.A, 6, Frames.Tcp(443, 5, 0x18, Hello.Server(0x0303, Hello.Protocols("h2")))));
        var flows = Export.Of(stray, ToServer(Hello.Client(0x0303, [4865], Hello.Name("a"))));
        CollectionAssert.AreEqual(new[] { "", "" }, flows.Column("TLS_ALPN"));
        CollectionAssert.AreEqual(new[] { "0", "771" }, flows.Column("TLS_VERSION"));
    }

    [TestMethod]
    public void Every_shortened_client_hello_is_left_out()
    {
        var hello = Hello.Client(0x0303, [4865], Hello.Name("example.org"), Hello.Protocols("h2"));
        for (var length = 1; length < hello.Length; length++)
            Assert.AreEqual("", Export.Of(ToServer(hello[..length]))["TLS_SNI"], $"{length} bytes");
        Assert.AreEqual("example.org", Export.Of(ToServer(hello))["TLS_SNI"]);
    }

    [TestMethod]
    public void Thirty_extensions_and_254_characters_are_kept()
    {
        var many = Enumerable.Range(100, 40).Select(type => Hello.Extension(type, [])).Append(Hello.Name(new string('n', 300))).ToArray();
        var flows = Export.Of(ToServer(Hello.Client(0x0303, [4865], many)));
        Assert.AreEqual(30, flows["TLS_EXT_TYPE"].Split('|').Length);
        Assert.AreEqual(254, flows["TLS_SNI"].Length);
    }

    private static byte[] ToServer(byte[] payload) => Frames.Ethernet(0x0800, Frames.Ipv4(Frames.A, Frames.B, 6, Frames.Tcp(9, 443, 0x18, payload)));

    private static byte[] FromServer(byte[] payload) => Frames.Ethernet(0x0800, Frames.Ipv4(Frames.B, Frames.A, 6, Frames.Tcp(443, 9, 0x18, payload)));

    [SuppressMessage("Security", "CA5351", Justification = "JA3 is defined as an MD5.")]
    private static string Ja3(string text) => Convert.ToHexStringLower(MD5.HashData(Frames.Text(text)));
}
