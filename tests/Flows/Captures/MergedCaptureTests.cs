// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Captures;

[TestClass]
public sealed class MergedCaptureTests
{
    [TestMethod]
    public void Inputs_are_merged_by_time()
    {
        var queries = new PcapFile().Add(0, Frames.UdpFrame(1, 2, 10)).Add(2000, Frames.UdpFrame(1, 2, 12));
        var answers = new PcapFile().Add(1000, Frames.UdpAnswer(2, 1, 11)).Add(3000, Frames.UdpAnswer(2, 1, 13));
        var flows = Export.Of(new ExportOptions(), answers.ToArray(), queries.ToArray()).Flows;
        Assert.AreEqual("[10|11|12|13]", flows["PPI_PKT_LENGTHS"]);
        Assert.AreEqual("[1|-1|1|-1]", flows["PPI_PKT_DIRECTIONS"]);
    }

    [TestMethod]
    public void A_damaged_input_ends_alone()
    {
        var whole = new PcapFile().Add(0, Frames.UdpFrame(1, 2)).Add(2, Frames.UdpFrame(1, 2)).ToArray();
        var cut = new PcapFile().Add(1, Frames.UdpFrame(1, 2)).ToArray()[..^1];
        var (flows, result) = Export.Of(new ExportOptions(), cut, whole);
        Assert.AreEqual("2", flows["PACKETS"]);
        Assert.AreEqual("input 0", result.Problems.Single().Path);
    }
}
