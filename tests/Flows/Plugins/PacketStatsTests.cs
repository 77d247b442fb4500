// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Plugins;

[TestClass]
public sealed class PacketStatsTests
{
    [TestMethod]
    public void The_first_thirty_packets_with_payload_are_kept()
    {
        var file = new PcapFile();
        for (var i = 0; i < 80; i++)
            file.Add(i, i % 2 == 0 ? Frames.TcpFrame(9, 80, 0x10) : Frames.TcpFrame(9, 80, 0x18, new string('x', i)));
        var flows = Export.Of(file);
        Assert.AreEqual($"[{string.Join('|', Enumerable.Range(0, 30).Select(i => (2 * i) + 1))}]", flows["PPI_PKT_LENGTHS"]);
        Assert.AreEqual($"[{string.Join('|', Enumerable.Repeat("24", 30))}]", flows["PPI_PKT_FLAGS"]);
        Assert.AreEqual(30, flows["PPI_PKT_TIMES"].Split('|').Length);
        Assert.AreEqual("80", flows["PACKETS"]);
    }

    [TestMethod]
    public void A_lone_syn_with_data_has_no_packets_and_a_lone_ack_has()
    {
        Assert.AreEqual("[]", Export.Of(Frames.TcpFrame(9, 80, 0x02, "data"))["PPI_PKT_LENGTHS"]);
        Assert.AreEqual("[4]", Export.Of(Frames.TcpFrame(9, 80, 0x10, "data"))["PPI_PKT_LENGTHS"]);
    }
}
