// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.EndToEnd.Stage;

namespace Tci.EndToEnd.Crashes;

/// <summary>What is left when the engine of a capture, or the launcher of all of them, is killed.</summary>
public abstract class EngineKilledTests : EndToEnd
{
    [TestMethod]
    public async Task A_killed_capture_leaves_what_it_stored()
    {
        var wire = Scene.NewWire();
        await Scene.Start(wire);
        var job = await Api.Submit(AJob.On(wire.Point).WithFlows() with { Filter = "udp" });
        await Api.Capturing(job.Id);
        using var sender = new Sender(wire);
        await sender.Send(5001, 300);
        await Api.Until(job.Id, j => j.Captures[0].Counters?.Stored.Packets == 300);
        Libc.Signal(Scene.Processes.Captures.Single(), Libc.SigKill);
        var done = await Api.Ended(job.Id, look: AJob.CountersAddUp);

        AJob.IsPartial(done);
        Assert.AreEqual(ProblemCodes.CaptureKilled, done.Captures[0].Problem?.Code, AJob.Text(done));
        var zip = await DataSetZip.Of(Api, job.Id);
        CollectionAssert.IsSubsetOf(new[] { "flow.csv", "info.json", "traffic.pcap" }, zip.Paths.ToArray());
        CollectionAssert.AreEqual(Enumerable.Range(0, 300).ToList(), zip.Datagrams().Select(d => d.Number).ToList());
        Assert.AreEqual("17 40000>5001 x300", zip.Flows().Select(FlowRows.Key).Single());
    }

    [TestMethod]
    public async Task Killed_under_traffic_what_was_in_flight_is_counted_as_lost()
    {
        var wire = Scene.NewWire();
        await Scene.Start(wire);
        var job = await Api.Submit(AJob.On(wire.Point) with { Filter = "udp" });
        await Api.Capturing(job.Id);
        using var sender = new Sender(wire);
        var sending = sender.Send(5001, 6000, rate: 2000);
        await Api.Until(job.Id, j => j.Captures[0].Counters?.Stored.Packets > 100);
        Libc.Signal(Scene.Processes.Captures.Single(), Libc.SigKill);
        var done = await Api.Ended(job.Id, look: AJob.CountersAddUp);
        await sending;

        AJob.IsPartial(done);
        var packets = (await DataSetZip.Of(Api, job.Id)).Datagrams();
        CollectionAssert.AreEqual(Enumerable.Range(0, packets.Count).ToList(), packets.Select(d => d.Number).ToList());
        Assert.AreEqual(done.Captures[0].Counters!.Stored.Packets, packets.Count, AJob.Text(done));
    }

    [TestMethod]
    public async Task A_killed_launcher_stops_no_capture_and_is_started_again()
    {
        Wire[] wires = [Scene.NewWire(), Scene.NewWire()];
        await Scene.Start(wires);
        var job = await Api.Submit(AJob.On(wires[0].Point).WithPackets(200) with { Filter = "udp" });
        await Api.Capturing(job.Id);
        using var sender = new Sender(wires[0]);
        await sender.Send(5001, 100);
        Libc.Signal(Scene.Processes.Launchers.Single(), Libc.SigKill);
        await sender.Send(5001, 50);

        var next = await Api.Submit(AJob.On(wires[1].Point).WithPackets(50) with { Filter = "udp" });
        await Api.Capturing(next.Id);
        using var other = new Sender(wires[1]);
        await Task.WhenAll(sender.Send(5001, 50), other.Send(5001, 50));
        foreach (var (id, packets) in new[] { (job.Id, 200), (next.Id, 50) })
        {
            AJob.IsDone(await Api.Ended(id));
            Assert.HasCount(packets, (await DataSetZip.Of(Api, id)).Datagrams());
        }
    }

    [TestMethod]
    public async Task All_killed_at_once_the_next_start_tells_what_was_stored()
    {
        var wire = Scene.NewWire();
        await Scene.Start(wire);
        var job = await Api.Submit(AJob.On(wire.Point) with { Filter = "udp" });
        await Api.Capturing(job.Id);
        using var sender = new Sender(wire);
        await sender.Send(5001, 100);
        await Api.Until(job.Id, j => j.Captures[0].Counters?.Stored.Packets == 100);
        await Scene.Server.Kill();
        await Scene.Processes.End();
        await Scene.Server.Start();
        var done = await Api.Ended(job.Id);

        AJob.IsPartial(done);
        Assert.IsNotNull(done.Captures[0].Problem, AJob.Text(done));
        CollectionAssert.AreEqual(Enumerable.Range(0, 100).ToList(), (await DataSetZip.Of(Api, job.Id)).Datagrams().Select(d => d.Number).ToList());
    }
}

[TestClass]
public sealed class EngineKilledTestsOnServer : EngineKilledTests
{
    protected override string Program => "tci-server";
}

[TestClass]
public sealed class EngineKilledTestsOnSilo : EngineKilledTests
{
    protected override string Program => "tci-silo";
}
