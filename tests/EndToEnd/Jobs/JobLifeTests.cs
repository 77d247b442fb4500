// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.EndToEnd.Stage;

namespace Tci.EndToEnd.Jobs;

/// <summary>A job from the request to the zip, on real interfaces.</summary>
public abstract class JobLifeTests : EndToEnd
{
    [TestMethod]
    public async Task Every_packet_that_matches_is_in_the_data_set()
    {
        const int matching = 300;
        const int others = 60;
        var wire = Scene.NewWire();
        await Scene.Start(wire);
        var job = await Api.Submit(AJob.On(wire.Point).WithPackets(matching).WithFlows() with { Filter = "udp dst portrange 5001-5003" });
        await Api.Capturing(job.Id);

        var traffic = Send(wire, matching, others);
        var polls = 0;
        var done = await Api.Ended(job.Id, look: j =>
        {
            polls++;
            AJob.CountersAddUp(j);
        });
        var wanted = await traffic;

        AJob.IsDone(done);
        Assert.IsGreaterThan(2, polls, "It was looked at while it captured.");
        Assert.AreEqual("packets", done.Captures[0].End?.Reason);
        Assert.AreEqual(matching, done.Captures[0].Counters!.Stored.Packets);
        Assert.IsGreaterThanOrEqualTo(others, done.Captures[0].Counters!.Filtered.Packets);
        var zip = await DataSetZip.Of(Api, job.Id);
        CollectionAssert.AreEqual(wanted, zip.Datagrams().Select(d => d.Number).ToList());
        CollectionAssert.AreEquivalent(new[] { "17 40000>5001 x100", "17 40000>5002 x100", "17 40000>5003 x100" }, zip.Flows().Select(FlowRows.Key).ToList());
        Assert.AreEqual("udp dst portrange 5001-5003", zip.Manifest.Spec.Filter);
    }

    [TestMethod]
    public async Task Points_start_together_and_each_keeps_its_own_packets()
    {
        Wire[] wires = [Scene.NewWire(), Scene.NewWire()];
        await Scene.Start(wires);
        using var first = new Sender(wires[0]);
        using var second = new Sender(wires[1]);
        var sending = Task.WhenAll(first.Send(5001, 4000, rate: 500), second.Send(5002, 4000, rate: 500));
        var job = await Api.Submit(AJob.On(wires[0].Point, wires[1].Point).For(2) with { Filter = "udp" });
        var done = await Api.Ended(job.Id);

        AJob.IsDone(done);
        var zip = await DataSetZip.Of(Api, job.Id);
        for (var i = 0; i < wires.Length; i++)
        {
            var capture = done.Captures[i];
            var packets = zip.Datagrams($"{i}-local-{wires[i].Name}/traffic.pcap");
            Assert.AreEqual(done.Started, capture.End!.Started, "It began at the instant agreed for all.");
            Assert.IsGreaterThan(0, capture.Counters!.OutsideWindow.Packets, "It was armed before, and received.");
            Assert.IsTrue(packets.All(p => p.Port == 5001 + i && p.UnixNs >= Ns(done.Started!.Value) && p.UnixNs < Ns(done.Started.Value.AddSeconds(2))));
            CollectionAssert.AreEqual(Enumerable.Range(packets[0].Number, packets.Count).ToList(), packets.Select(p => p.Number).ToList(), "Without a gap.");
            Assert.AreEqual(capture.Counters.Stored.Packets, packets.Count);
        }

        await sending;
    }

    [TestMethod]
    public async Task A_point_that_vanishes_leaves_a_partial_result()
    {
        Wire[] wires = [Scene.NewWire(), Scene.NewWire()];
        await Scene.Start(wires);
        var job = await Api.Submit(AJob.On(wires[0].Point, wires[1].Point).WithPackets(200).WithFlows() with { Filter = "udp" });
        await Api.Capturing(job.Id);
        using var first = new Sender(wires[0]);
        using var second = new Sender(wires[1]);
        await Task.WhenAll(first.Send(5001, 100), second.Send(5002, 100));
        await Api.Until(job.Id, j => j.Captures.All(c => c.Counters?.Stored.Packets == 100));
        wires[1].Cut();
        await Api.Until(job.Id, j => j.Captures[1].State.HasEnded());
        await first.Send(5001, 100);
        var done = await Api.Ended(job.Id);

        AJob.IsPartial(done);
        Assert.IsNull(done.Captures[0].Problem, AJob.Text(done));
        Assert.AreEqual(ProblemCodes.SourceGone, done.Captures[1].Problem?.Code, AJob.Text(done));
        var zip = await DataSetZip.Of(Api, job.Id);
        Assert.HasCount(200, zip.Datagrams($"0-local-{wires[0].Name}/traffic.pcap"));
        Assert.HasCount(100, zip.Datagrams($"1-local-{wires[1].Name}/traffic.pcap"));
        var flow = zip.Flows($"1-local-{wires[1].Name}/flow.csv").Select(FlowRows.Key).Single();
        Assert.AreEqual("17 40000>5002 x100", flow);
    }

    [TestMethod]
    public async Task When_all_points_vanish_what_was_stored_is_there()
    {
        var wire = Scene.NewWire();
        await Scene.Start(wire);
        var job = await Api.Submit(AJob.On(wire.Point) with { Filter = "udp" });
        await Api.Capturing(job.Id);
        using var sender = new Sender(wire);
        await sender.Send(5001, 150);
        await Api.Until(job.Id, j => j.Captures[0].Counters?.Stored.Packets == 150);
        wire.Cut();
        var done = await Api.Ended(job.Id);

        AJob.IsPartial(done);
        Assert.AreEqual(ProblemCodes.SourceGone, done.Captures[0].Problem?.Code);
        var zip = await DataSetZip.Of(Api, job.Id);
        CollectionAssert.AreEqual(Enumerable.Range(0, 150).ToList(), zip.Datagrams().Select(d => d.Number).ToList());
        var points = (await Api.Get("points")).As<Page<PointView>>().Items;
        Assert.IsTrue(points.Any(p => p.Id.Value == wire.Point), "The point is not forgotten.");
    }

    /// <summary>Wanted packets to three ports, and unwanted ones among them, in twenty rounds; the numbers of the wanted ones.</summary>
    private static async Task<List<int>> Send(Wire wire, int matching, int others)
    {
        const int rounds = 20;
        using var sender = new Sender(wire);
        var wanted = new List<int>();
        for (var i = 0; i < rounds; i++)
        {
            await sender.Send(6000, others / rounds, rate: 10_000);
            wanted.AddRange(Enumerable.Range(sender.Sent, matching / rounds));
            foreach (var port in new[] { 5001, 5002, 5003 }) await sender.Send(port, matching / rounds / 3, rate: 10_000);
            await Task.Delay(100);
        }

        return wanted;
    }

    private static long Ns(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks * 100;
}

[TestClass]
public sealed class JobLifeOnServerTests : JobLifeTests
{
    protected override string Program => "tci-server";
}

[TestClass]
public sealed class JobLifeOnSiloTests : JobLifeTests
{
    protected override string Program => "tci-silo";
}
