// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using System.Text.Json;
using Tci.Contracts;
using Tci.Probe.Presence;

namespace Tci.Probe.Tests.Presence;

[TestClass]
public sealed class SourceListTests
{
    [TestMethod]
    public void Interfaces_become_points()
    {
        const string Json = """
            [
              {"name":"eth0","mac":"02:00:00:00:00:01","addresses":["10.0.0.1/24"],"up":true,"loopback":false,
               "mtu":1500,"speedMbps":25000,"linkType":1,"source":"afpacket:eth0"},
              {"name":"lo","mac":null,"addresses":[],"up":false,"loopback":true,"mtu":65536,"speedMbps":null,"linkType":1,"source":"afpacket:lo"},
              {"name":"a name","addresses":[],"source":"afpacket:a name"}]
            """;
        var leftOut = new List<string>();
        CollectionAssert.AreEqual(
            new[]
            {
                new ProbeSource("eth0", "afpacket:eth0", "up, 25 Gb/s, 02:00:00:00:00:01, 10.0.0.1/24"),
                new ProbeSource("lo", "afpacket:lo", "down, loopback"),
            },
            SourceList.Read(Encoding.UTF8.GetBytes(Json), leftOut.Add).ToArray());
        CollectionAssert.AreEqual(new[] { "a name" }, leftOut);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{}")]
    [DataRow("[{\"name\":5}]")]
    public void Another_form_is_refused(string json) =>
        Assert.Throws<JsonException>(() => SourceList.Read(Encoding.UTF8.GetBytes(json), _ => { }));
}
