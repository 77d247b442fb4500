// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.EndToEnd.Stage;

namespace Tci.EndToEnd.Jobs;

/// <summary>What a job is told to do while it lives and afterwards, and schedules.</summary>
public abstract class OrderTests : EndToEnd
{
    private const string Flows = """{"processing":[{"processor":"flows"}]}""";

    [TestMethod]
    public async Task Stopped_a_job_goes_on_with_what_it_has()
    {
        var wire = Scene.NewWire();
        await Scene.Start(wire);
        var job = await Api.Submit(AJob.On(wire.Point).WithFlows() with { Filter = "udp" });
        await Api.Capturing(job.Id);
        using var sender = new Sender(wire);
        await sender.Send(5001, 120);
        await Api.Until(job.Id, j => j.Captures[0].Counters?.Stored.Packets == 120);
        await Order(job.Id, "stop");
        var done = await Api.Ended(job.Id);

        AJob.IsDone(done);
        Assert.AreEqual("stopped", done.Captures[0].End?.Reason);
        var zip = await DataSetZip.Of(Api, job.Id);
        Assert.HasCount(120, zip.Datagrams());
        Assert.AreEqual("17 40000>5001 x120", zip.Flows().Select(FlowRows.Key).Single());
        await Order(job.Id, "stop");
        await Refused(job.Id, "cancel", 409, ProblemCodes.Conflict);
    }

    [TestMethod]
    public async Task Cancelled_it_leaves_no_file()
    {
        var wire = Scene.NewWire();
        await Scene.Start(wire);
        var job = await Api.Submit(AJob.On(wire.Point) with { Filter = "udp" });
        await Api.Capturing(job.Id);
        await Order(job.Id, "cancel");
        Assert.AreEqual(JobState.Cancelled, (await Api.Ended(job.Id)).State);
        await Eventually.Is(() => Scene.Processes.Captures.Count == 0, "The engine has ended.");
        Assert.IsEmpty(Directory.GetDirectories(Path.Combine(Scene.Server.Data, "captures"), "job-*"));
    }

    [TestMethod]
    public async Task Paused_it_waits_over_a_restart_until_it_is_resumed()
    {
        await Scene.Start();
        var point = await Scene.AddPoint("file", "pcap:" + SampleFile.Write(Scene.Folder, packets: 20));
        var job = await Api.Submit(AJob.On(point) with { Filter = "udp", StartAt = DateTimeOffset.UtcNow.AddSeconds(20) });
        await Order(job.Id, "pause");
        await Api.Until(job.Id, j => j.State == JobState.Paused);
        await Scene.Server.Kill();
        await Scene.Start();
        Assert.AreEqual(JobState.Paused, (await Api.Job(job.Id)).State);
        await Order(job.Id, "resume");
        AJob.IsDone(await Api.Ended(job.Id, secondsMax: 90));
        await Refused(job.Id, "pause", 409, ProblemCodes.Conflict);
    }

    [TestMethod]
    public async Task Processed_again_its_data_set_grows_once_and_deleted_it_is_gone()
    {
        await Scene.Start();
        var point = await Scene.AddPoint("file", "pcap:" + SampleFile.Write(Scene.Folder, packets: 20));
        var job = await Api.Submit(AJob.On(point) with { Filter = "udp" });
        await Refused(job.Id, "process", 409, ProblemCodes.Conflict, Flows);
        AJob.IsDone(await Api.Ended(job.Id));
        Assert.DoesNotContain("flow.csv", (await DataSetZip.Of(Api, job.Id)).Paths);

        for (var i = 0; i < 2; i++) Assert.IsTrue((await Api.Post($"jobs/{job.Id}/process", Flows, "again")).Status is 200 or 202);
        var processed = await Api.Until(job.Id, j => j.Runs.Count > 0 && j.Runs.All(r => r.State.IsFinal()));
        Assert.HasCount(1, processed.Runs, "A repeated request makes no second run.");
        Assert.AreEqual("17 40000>5001 x20", (await DataSetZip.Of(Api, job.Id)).Flows().Select(FlowRows.Key).Single());

        Assert.IsTrue((await Api.Send(HttpMethod.Delete, $"jobs/{job.Id}", null)).Status is 200 or 202);
        Assert.AreEqual(410, (await Api.Get($"jobs/{job.Id}")).Status);
        Assert.AreEqual(410, (await Api.Get($"jobs/{job.Id}/dataset")).Status);
        Assert.IsEmpty((await Api.Get("jobs")).As<Page<JobView>>().Items);
        var captures = Path.Combine(Scene.Server.Data, "captures");
        await Eventually.Is(() => Directory.GetDirectories(captures, "job-*").Length == 0, "Its files are deleted.");
    }

    [TestMethod]
    public async Task A_schedule_is_there_after_a_kill_and_can_be_paused_and_ended()
    {
        await Scene.Start();
        var point = await Scene.AddPoint("file", "pcap:" + SampleFile.Write(Scene.Folder, packets: 20));
        var spec = new ScheduleSpec { Name = "hourly", Job = AJob.On(point), Every = TimeSpan.FromHours(1), From = DateTimeOffset.UtcNow.AddSeconds(15), CountMax = 3 };
        var reply = await Api.Post("schedules", spec, "one");
        Assert.AreEqual(201, reply.Status, reply.ToString());
        var schedule = reply.As<ScheduleView>();
        await Scene.Server.Kill();
        await Scene.Start();
        Assert.AreEqual(200, (await Api.Post("schedules", spec, "one")).Status, "It is made once.");

        await Eventually.Is(() => Api.Get($"schedules/{schedule.Id}").Result.As<ScheduleView>().Made == 1, "It makes its first job.", secondsMax: 60);
        var made = (await Api.Get("jobs")).As<Page<JobView>>().Items.Single();
        Assert.AreEqual(schedule.Id.Value, made.Origin);
        AJob.IsDone(await Api.Ended(made.Id));
        Assert.AreEqual(ScheduleState.Paused, (await Api.Post($"schedules/{schedule.Id}/pause")).As<ScheduleView>().State);
        Assert.AreEqual(ScheduleState.Active, (await Api.Post($"schedules/{schedule.Id}/resume")).As<ScheduleView>().State);
        Assert.AreEqual(200, (await Api.Send(HttpMethod.Delete, $"schedules/{schedule.Id}", null)).Status);
        Assert.AreEqual(ScheduleState.Ended, (await Api.Get("schedules")).As<Page<ScheduleView>>().Items.Single().State);
    }

    private async Task Order(JobId job, string order)
    {
        var reply = await Api.Post($"jobs/{job}/{order}");
        Assert.IsTrue(reply.Status is 200 or 202, reply.ToString());
    }

    private async Task Refused(JobId job, string order, int status, string code, string? body = null)
    {
        var reply = await Api.Post($"jobs/{job}/{order}", body);
        Assert.AreEqual(status, reply.Status, reply.ToString());
        Assert.AreEqual(code, JsonDocument.Parse(reply.Body).RootElement.GetProperty("code").GetString());
    }
}

[TestClass]
public sealed class OrderTestsOnServer : OrderTests
{
    protected override string Program => "tci-server";
}

[TestClass]
public sealed class OrderTestsOnSilo : OrderTests
{
    protected override string Program => "tci-silo";
}
