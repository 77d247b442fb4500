// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.EndToEnd.Stage;

namespace Tci.EndToEnd.Crashes;

/// <summary>An accepted job is never lost and never runs twice, and a capture goes on without its server.</summary>
public abstract class ServerKilledTests : EndToEnd
{
    private const int Packets = 1500;

    [TestMethod]
    public async Task Killed_while_it_captures_no_packet_is_lost()
    {
        var wire = Scene.NewWire();
        await Scene.Start(wire);
        var job = await Api.Submit(AJob.On(wire.Point).WithPackets(Packets).WithFlows() with { Filter = "udp" });
        await Api.Capturing(job.Id);
        using var sender = new Sender(wire);
        await sender.Send(5001, Packets / 3, rate: 500);
        await Scene.Server.Kill();
        await sender.Send(5001, Packets / 3, rate: 500);
        Assert.HasCount(1, Scene.Processes.Captures, "The capture goes on.");
        await Scene.Server.Start();
        var again = await Api.Job(job.Id);
        Assert.AreEqual(JobState.Capturing, again.State, AJob.Text(again));
        AJob.CountersAddUp(again);
        await sender.Send(5001, Packets / 3, rate: 500);

        await IsWhole(await Api.Ended(job.Id, look: AJob.CountersAddUp), Packets);
        Assert.HasCount(1, Directory.GetDirectories(Path.Combine(Scene.Server.Data, "captures"), "job-*"), "It was captured once.");
    }

    [TestMethod]
    public async Task Killed_while_it_captures_and_started_after_the_end()
    {
        var wire = Scene.NewWire();
        await Scene.Start(wire);
        var job = await Api.Submit(AJob.On(wire.Point).WithPackets(200).WithFlows() with { Filter = "udp" });
        await Api.Capturing(job.Id);
        await Scene.Server.Kill();
        using var sender = new Sender(wire);
        await sender.Send(5001, 200);
        await Eventually.Is(() => Scene.Processes.Captures.Count == 0, "The capture ends at its limit, without a server.");
        await Scene.Server.Start();
        await IsWhole(await Api.Ended(job.Id), 200);
    }

    [TestMethod]
    public async Task Killed_right_after_the_answer_the_job_is_there_and_ends()
    {
        var wire = Scene.NewWire();
        await Scene.Start(wire);
        var job = await Api.Submit(AJob.On(wire.Point).WithPackets(50) with { Filter = "udp" });
        await Scene.Server.Kill();
        await Scene.Server.Start();
        await Api.Capturing(job.Id);
        using var sender = new Sender(wire);
        await sender.Send(5001, 50);
        await IsWhole(await Api.Ended(job.Id), 50);
    }

    [TestMethod]
    public async Task Ten_accepted_jobs_are_ten_jobs_after_a_kill_however_often_they_are_asked_for()
    {
        await Scene.Start();
        var point = await Scene.AddPoint("file", "pcap:" + SampleFile.Write(Scene.Folder, packets: 20));
        var spec = AJob.On(point) with { Filter = "udp" };
        var before = new Dictionary<string, JobId>();
        for (var i = 0; i < 10; i++) before[$"key-{i}"] = (await Api.Submit(spec, $"key-{i}")).Id;
        await Scene.Server.Kill();
        await Scene.Server.Start();
        foreach (var (key, id) in before)
        {
            var reply = await Api.Post("jobs", spec, key);
            Assert.AreEqual(200, reply.Status, reply.ToString());
            Assert.AreEqual(id, reply.As<JobView>().Id);
        }

        foreach (var id in before.Values) await IsWhole(await Api.Ended(id), 20);
        var all = (await Api.Get("jobs?limit=100")).As<Page<JobView>>().Items;
        CollectionAssert.AreEquivalent(before.Values.ToArray(), all.Select(j => j.Id).ToArray());
        Assert.HasCount(10, Directory.GetDirectories(Path.Combine(Scene.Server.Data, "captures"), "job-*"), "Each was captured once.");
    }

    [TestMethod]
    public async Task Killed_while_jobs_come_in_every_accepted_one_is_there()
    {
        await Scene.Start();
        var point = await Scene.AddPoint("file", "pcap:" + SampleFile.Write(Scene.Folder, packets: 20));
        var accepted = new List<JobId>();
        var clients = Enumerable.Range(0, 4).Select(c => AskUntilItIsGone(point, c, accepted)).ToArray();
        await Eventually.Is(() => accepted.Count >= 8, "Some jobs are accepted.");
        await Scene.Server.Kill();
        await Task.WhenAll(clients);
        await Scene.Server.Start();
        foreach (var id in accepted.ToArray()) await IsWhole(await Api.Ended(id, secondsMax: 90), 20);
    }

    [TestMethod]
    public async Task Told_to_end_it_ends_well_and_the_capture_goes_on()
    {
        var wire = Scene.NewWire();
        await Scene.Start(wire);
        var job = await Api.Submit(AJob.On(wire.Point).WithPackets(300) with { Filter = "udp" });
        await Api.Capturing(job.Id);
        using var sender = new Sender(wire);
        await sender.Send(5001, 100);
        Assert.AreEqual(0, await Scene.Server.End(TimeSpan.FromSeconds(15)), Scene.Server.Log);
        await sender.Send(5001, 100);
        Assert.HasCount(1, Scene.Processes.Captures, "The capture goes on.");
        await Scene.Server.Start();
        await sender.Send(5001, 100);
        await IsWhole(await Api.Ended(job.Id), 300);
    }

    /// <summary>The job stored every packet that was sent, once and in order.</summary>
    private async Task IsWhole(JobView job, int packets)
    {
        AJob.IsDone(job);
        Assert.AreEqual(packets, job.Captures[0].Counters!.Stored.Packets, AJob.Text(job));
        var zip = await DataSetZip.Of(Api, job.Id);
        CollectionAssert.AreEqual(Enumerable.Range(0, packets).ToList(), zip.Datagrams().Select(d => d.Number).ToList());
    }

    private async Task AskUntilItIsGone(string point, int client, List<JobId> accepted)
    {
        const int most = 25;
        for (var i = 0; i < most; i++)
        {
            try
            {
                var job = await Api.Submit(AJob.On(point) with { Filter = "udp" }, $"client-{client}-{i}");
                lock (accepted) accepted.Add(job.Id);
            }
            catch (HttpRequestException)
            {
                return;
            }
        }
    }
}

[TestClass]
public sealed class ServerKilledTestsOnServer : ServerKilledTests
{
    protected override string Program => "tci-server";
}

[TestClass]
public sealed class ServerKilledTestsOnSilo : ServerKilledTests
{
    protected override string Program => "tci-silo";
}
