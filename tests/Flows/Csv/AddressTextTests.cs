// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using System.Net;
using System.Text;
using Tci.Flows.Csv;

namespace Tci.Flows.Tests.Csv;

[TestClass]
public sealed class AddressTextTests
{
    [TestMethod]
    [DataRow("::")]
    [DataRow("::1")]
    [DataRow("1::")]
    [DataRow("fe80::1:0:0:1")]
    [DataRow("2001:db8:0:1:1:1:1:1", DisplayName = "one zero word is written out")]
    [DataRow("2001::1:0:0:5:6")]
    [DataRow("1:0:0:2::3", DisplayName = "the longest run is shortened")]
    [DataRow("1::2:0:0:3:4", DisplayName = "of equal runs the first")]
    [DataRow("::ffff:1.2.3.4")]
    [DataRow("::1.2.3.4")]
    [DataRow("abcd:ef01:2345:6789:abcd:ef01:2345:6789")]
    public void Version_6_follows_rfc_5952(string text)
    {
        var address = BinaryPrimitives.ReadUInt128BigEndian(IPAddress.Parse(text).GetAddressBytes());
        Span<byte> buffer = stackalloc byte[64];
        Assert.AreEqual(text, Encoding.ASCII.GetString(buffer[..AddressText.WriteVersion6(address, buffer)]));
    }

    [TestMethod]
    [DataRow("0.0.0.0")]
    [DataRow("255.255.255.255")]
    [DataRow("10.0.200.3")]
    public void Version_4_is_dotted(string text)
    {
        var address = BinaryPrimitives.ReadUInt32BigEndian(IPAddress.Parse(text).GetAddressBytes());
        Span<byte> buffer = stackalloc byte[64];
        Assert.AreEqual(text, Encoding.ASCII.GetString(buffer[..AddressText.WriteVersion4(address, buffer)]));
    }
}
