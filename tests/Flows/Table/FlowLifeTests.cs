// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Tests.Making;

namespace Tci.Flows.Tests.Table;

[TestClass]
public sealed class FlowLifeTests
{
    private const long Second = 1_000_000;
    private const int Fin = 0x01, Syn = 0x02, Rst = 0x04, Ack = 0x10;

    [TestMethod]
    [DataRow(900_000, 29_999_999, 1, DisplayName = "20.9 to 49.99: 29 whole seconds")]
    [DataRow(900_000, 30_100_000, 2, DisplayName = "20.9 to 50.1: 30 whole seconds, though 29.2 passed")]
    public void The_inactive_timeout_counts_whole_seconds(long first, long second, int flows) =>
        Assert.HasCount(flows, Export.Of(new PcapFile().Add(first, Frames.UdpFrame(1, 2)).Add(second, Frames.UdpFrame(1, 2))).Rows);

    [TestMethod]
    public void The_active_timeout_starts_a_new_flow_with_the_packet_that_trips_it()
    {
        var file = new PcapFile();
        for (var i = 0; i <= 301; i++)
            file.Add(i * Second, Frames.UdpFrame(1, 2));
        CollectionAssert.AreEqual(new[] { "2", "300" }, Export.Of(file).Column("PACKETS"));
    }

    [TestMethod]
    public void The_answer_may_be_the_packet_that_times_out()
    {
        var flows = Export.Of(new PcapFile().Add(0, Frames.UdpFrame(1, 2)).Add(40 * Second, Frames.UdpAnswer(2, 1)));
        CollectionAssert.AreEqual(new[] { Frames.A, Frames.B }, flows.Column("SRC_IP"), "the later flow begins with the answer");
    }

    [TestMethod]
    public void Times_that_go_back_are_taken_as_they_are()
    {
        var flows = Export.Of(new PcapFile().Add(100 * Second, Frames.UdpFrame(1, 2)).Add(0, Frames.UdpFrame(1, 2)));
        Assert.AreEqual("2", flows["PACKETS"]);
        Assert.AreEqual("2023-11-14T22:13:20.000000", flows["TIME_LAST"]);
    }

    [TestMethod]
    [DataRow(Fin)]
    [DataRow(Rst)]
    public void A_syn_after_fin_or_rst_of_its_own_direction_begins_a_new_flow(int end)
    {
        var flows = Export.Of(Frames.TcpFrame(9, 80, Syn), Frames.TcpFrame(9, 80, end | Ack), Frames.TcpFrame(9, 80, Syn));
        CollectionAssert.AreEqual(new[] { "1", "2" }, flows.Column("PACKETS"));
    }

    [TestMethod]
    public void A_fin_of_the_other_direction_does_not_end_the_flow()
    {
        var flows = Export.Of(Frames.TcpFrame(9, 80, Syn), Frames.TcpAnswer(80, 9, Fin | Ack), Frames.TcpFrame(9, 80, Syn));
        Assert.AreEqual("2", flows["PACKETS"]);
        Assert.AreEqual("1", flows["PACKETS_REV"]);
    }

    [TestMethod]
    public void Forward_is_the_direction_of_the_first_packet()
    {
        var flows = Export.Of(Frames.TcpAnswer(80, 9, Syn | Ack), Frames.TcpFrame(9, 80, Ack));
        Assert.AreEqual("80", flows["SRC_PORT"]);
        Assert.AreEqual("1", flows["PACKETS_REV"]);
        Assert.AreEqual("18", flows["TCP_FLAGS"]);
        Assert.AreEqual("16", flows["TCP_FLAGS_REV"]);
    }

    [TestMethod]
    public void No_flow_at_all_is_an_empty_file_without_header()
    {
        var (flows, result) = Export.Of(new ExportOptions(), new PcapFile().Add(0, Frames.Ethernet(0x0806, new byte[28])).ToArray());
        Assert.AreEqual("", flows.Header);
        Assert.AreEqual(1, result.PacketsWithoutFlow);
    }

    [TestMethod]
    public void A_full_line_exports_its_last_flow_early_and_loses_no_packet()
    {
        var file = new PcapFile();
        for (var i = 0; i < 2000; i++)
            file.Add(i, Frames.UdpFrame(1 + (i % 40), 5000));
        var flows = Export.Of(new ExportOptions { FlowCapacity = 16 }, file.ToArray()).Flows;
        Assert.IsGreaterThan(40, flows.Rows.Count);
        Assert.AreEqual(2000, flows.Rows.Sum(row => int.Parse(row["PACKETS"])));
    }

    [TestMethod]
    [DataRow(24, 1, DisplayName = "seven later flows push it to the last place")]
    [DataRow(25, 2, DisplayName = "the eighth displaces it")]
    public void A_new_flow_in_a_full_line_begins_in_its_middle(int lastPort, int flowsOfPort17)
    {
        var file = new PcapFile();
        // Ports 1 to 16 fill the only line in order; 17 displaces 16 and takes position 8.
        foreach (var port in Enumerable.Range(1, lastPort))
            file.Add(port, Frames.UdpFrame(port, 5000));
        file.Add(100, Frames.UdpFrame(1, 5000)).Add(101, Frames.UdpFrame(17, 5000));
        var ports = Export.Of(new ExportOptions { FlowCapacity = 16 }, file.ToArray()).Flows.Column("SRC_PORT");
        Assert.AreEqual(1, ports.Count(port => port == "1"), "the line's first stays");
        Assert.AreEqual(flowsOfPort17, ports.Count(port => port == "17"));
    }

    [TestMethod]
    public void Idle_flows_are_swept_while_others_go_on()
    {
        var file = new PcapFile().Add(0, Frames.UdpFrame(7, 5000));
        for (var i = 1; i <= 40; i++)
            file.Add(i * Second, Frames.UdpFrame(8, 5000));
        // In a table of one line every second packet sweeps each half, so the idle flow is written before the busy one.
        var flows = Export.Of(new ExportOptions { FlowCapacity = 16 }, file.ToArray()).Flows;
        Assert.AreEqual("7", flows.Rows[0]["SRC_PORT"]);
        Assert.HasCount(2, flows.Rows);
    }
}
