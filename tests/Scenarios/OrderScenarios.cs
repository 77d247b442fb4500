// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.Scenarios.Hosts;

namespace Tci.Scenarios;

/// <summary>What people ask of a job on its way and afterwards, and jobs that compete.</summary>
public abstract class OrderScenarios : Scenario
{
    [TestMethod]
    public async Task Stopping_keeps_what_was_captured()
    {
        var job = await Submit("job-stop", Spec(await PointOn("slow", packets: 600, everyMs: 20)) with { Processing = [new() { Processor = "flows" }] });
        await Until(job, j => j.State == JobState.Capturing && j.Captures[0].State == CaptureState.Capturing);
        await Task.Delay(300);
        Assert.IsTrue((await Host.Grains.Job(job).Stop(new StopJob(ScenarioHost.Alice))).Ok);
        var done = await Ended(job);
        Assert.AreEqual(JobState.Done, done.State, Said(done));
        Assert.AreEqual("stopped", done.Captures[0].End!.Reason);
        Assert.IsFalse(done.Partial, Said(done));
        Assert.IsInRange(1L, 599L, done.Captures[0].Counters!.Stored.Packets);
    }

    [TestMethod]
    public async Task A_job_with_a_start_time_waits_for_it_and_can_be_paused_and_resumed()
    {
        var spec = Spec(await PointOn("a", packets: 3)) with { StartAt = DateTimeOffset.UtcNow.AddSeconds(2) };
        var job = await Submit("job-later", spec);
        Assert.AreEqual(JobState.Scheduled, (await Host.Grains.Job(job).Get(new GetJob())).Value!.State);
        Assert.AreEqual(JobState.Paused, (await Host.Grains.Job(job).Pause(new PauseJob(ScenarioHost.Alice))).Value!.State);
        await Task.Delay(2500);
        Assert.AreEqual(JobState.Paused, (await Host.Grains.Job(job).Get(new GetJob())).Value!.State);
        await Host.Grains.Job(job).Resume(new ResumeJob(ScenarioHost.Alice));
        var done = await Ended(job);
        Assert.AreEqual(JobState.Done, done.State, Said(done));
        Assert.IsGreaterThanOrEqualTo(spec.StartAt!.Value, done.Started!.Value);
    }

    [TestMethod]
    public async Task Pausing_a_waiting_job_gives_its_place_in_the_queue_up()
    {
        var slow = await PointOn("slow", packets: 600, everyMs: 100);
        await Host.Grains.Point(slow).Limit(new LimitPoint(new PointLimits { CapturesMax = 1 }, ScenarioHost.Alice));
        var first = await Submit("job-first", Spec(slow));
        await Until(first, j => j.State == JobState.Capturing);
        var second = await Submit("job-second", Spec(slow));
        await Until(second, j => j.Waits is not null);
        await Host.Grains.Job(second).Pause(new PauseJob(ScenarioHost.Alice));
        Assert.AreEqual(0, (await Host.Grains.Point(slow).Get(new GetPoint())).Value!.Queued);
        Assert.AreEqual(ProblemCodes.Conflict, (await Host.Grains.Job(first).Pause(new PauseJob(ScenarioHost.Alice))).Problem?.Code);
        await CancelAll(first, second);
    }

    [TestMethod]
    public async Task The_more_urgent_job_goes_first()
    {
        var slow = await PointOn("slow", packets: 600, everyMs: 100);
        await Host.Grains.Point(slow).Limit(new LimitPoint(new PointLimits { CapturesMax = 1 }, ScenarioHost.Alice));
        var running = await Submit("job-running", Spec(slow));
        await Until(running, j => j.State == JobState.Capturing);
        var low = await Submit("job-low", Spec(slow) with { Priority = JobPriority.Low });
        var high = await Submit("job-high", Spec(slow) with { Priority = JobPriority.High });
        await Until(high, j => j.Waits is not null);
        await CancelAll(running);
        await Until(high, j => j.State == JobState.Capturing);
        Assert.AreEqual(JobState.Waiting, (await Host.Grains.Job(low).Get(new GetJob())).Value!.State);
        await CancelAll(high, low);
    }

    [TestMethod]
    public async Task A_critical_job_takes_the_place_of_a_low_one_which_captures_again_later()
    {
        var slow = await PointOn("slow", packets: 40, everyMs: 50);
        await Host.Grains.Point(slow).Limit(new LimitPoint(new PointLimits { CapturesMax = 1, AllowsPreemption = true }, ScenarioHost.Alice));
        var low = await Submit("job-low", Spec(slow) with { Priority = JobPriority.Low });
        await Until(low, j => j.State == JobState.Capturing);
        var critical = await Submit("job-critical", Spec(slow) with { Priority = JobPriority.Critical });
        await Until(low, j => j.State == JobState.Waiting);
        var done = await Ended(critical);
        Assert.AreEqual(JobState.Done, done.State, Said(done));
        var later = await Ended(low);
        Assert.AreEqual(JobState.Done, later.State, Said(later));
        Assert.AreEqual(40, later.Captures[0].Counters!.Stored.Packets);
        Assert.IsGreaterThan(done.Started!.Value, later.Started!.Value);
    }

    [TestMethod]
    public async Task A_done_job_is_processed_again_and_its_data_set_grows()
    {
        var job = await Submit("job-again", Spec(await PointOn("a", packets: 10)) with { Processing = [new() { Processor = "flows" }] });
        await Ended(job);
        var request = new ProcessJob([new ProcessingStep { Processor = "flows" }], "once", ScenarioHost.Alice);
        Assert.IsTrue((await Host.Grains.Job(job).Process(request)).Ok);
        Assert.HasCount(2, (await Host.Grains.Job(job).Process(request)).Value!.Runs, "the same key makes no second run");
        var deadline = DateTime.UtcNow + WaitMax;
        while ((await Host.Catalog.DataSet(job))!.Files.Count < 4)
        {
            Assert.IsLessThan(deadline, DateTime.UtcNow, "the data set never grew");
            await Task.Delay(50);
        }

        var dataSet = (await Host.Catalog.DataSet(job))!;
        Assert.AreEqual(2, dataSet.Files.Count(f => f.Path.EndsWith("flow.csv", StringComparison.Ordinal)));
        await FilesAreAsListed(dataSet);
        Assert.AreEqual(JobState.Done, (await Host.Grains.Job(job).Get(new GetJob())).Value!.State);
    }

    [TestMethod]
    public async Task A_deleted_job_leaves_a_tombstone_and_no_file()
    {
        var job = await Submit("job-delete", Spec(await PointOn("a", packets: 10)));
        Assert.AreEqual(ProblemCodes.Conflict, (await Host.Grains.Job(job).Delete(new DeleteJob(ScenarioHost.Alice))).Problem?.Code);
        await Ended(job);
        var deleted = await Host.Grains.Job(job).Delete(new DeleteJob(ScenarioHost.Alice));
        Assert.IsNotNull(deleted.Value!.Deleted);
        Assert.IsNull(await Host.Catalog.DataSet(job));
        Assert.IsNotNull((await Host.Catalog.Job(job))!.Deleted);
        Assert.IsEmpty((await Host.Catalog.Jobs(new JobQuery(10, null, null))).Items);
        Assert.IsEmpty(Directory.GetDirectories(Path.Combine(Host.Folder, "captures")));
    }

    [TestMethod]
    public async Task A_point_removed_under_a_waiting_job_is_the_reason_it_waits()
    {
        var slow = await PointOn("slow", packets: 600, everyMs: 100);
        await Host.Grains.Point(slow).Limit(new LimitPoint(new PointLimits { CapturesMax = 1 }, ScenarioHost.Alice));
        var running = await Submit("job-running", Spec(slow));
        var waiting = await Submit("job-waiting", Spec(slow));
        await Until(waiting, j => j.Waits is not null);
        await Host.Grains.Point(slow).Remove(new RemovePoint(ScenarioHost.Alice));
        await CancelAll(running);
        await Host.Grains.Job(waiting).Poke(new Poke());
        var view = await Until(waiting, j => j.Waits?.Contains("removed", StringComparison.Ordinal) == true);
        Assert.AreEqual(JobState.Waiting, view.State);
        await CancelAll(waiting);
    }

    [TestMethod]
    public async Task A_job_that_asks_for_more_disk_than_there_is_waits_and_says_so()
    {
        var job = await Submit("job-huge", Spec(await PointOn("a", packets: 3)) with { Limits = new JobLimits { Bytes = long.MaxValue / 4 } });
        await Until(job, j => j.Waits?.Contains("bytes of disk", StringComparison.Ordinal) == true);
        await CancelAll(job);
    }

    [TestMethod]
    public async Task The_manifest_names_the_programs_and_their_versions()
    {
        var job = await Submit("job-versions", Spec(await PointOn("a", packets: 3)) with { Processing = [new() { Processor = "flows" }] });
        await Ended(job);
        var programs = (await Host.Catalog.DataSet(job))!.Manifest.Programs;
        CollectionAssert.AreEqual(new[] { "tci", "tci-capture", "tci-flows" }, programs.Keys.Order(StringComparer.Ordinal).ToArray());
    }

    private async Task CancelAll(params JobId[] jobs)
    {
        foreach (var job in jobs) await Host.Grains.Job(job).Cancel(new CancelJob(ScenarioHost.Alice));
        foreach (var job in jobs) await Ended(job);
    }

    [TestMethod]
    public async Task A_point_in_maintenance_starts_nothing_new_and_the_job_says_so()
    {
        var point = await PointOn("kept", packets: 3);
        Assert.IsTrue((await Host.Grains.Point(point).Maintain(new MaintainPoint("new cable", ScenarioHost.Alice))).Ok);
        var job = await Submit("job-kept", Spec(point));
        await Until(job, j => j.Waits?.Contains("maintenance", StringComparison.Ordinal) == true);
        Assert.IsTrue((await Host.Grains.Point(point).Maintain(new MaintainPoint(null, ScenarioHost.Alice))).Ok);
        var done = await Ended(job);
        Assert.AreEqual(JobState.Done, done.State, Said(done));
    }

    [TestMethod]
    public async Task A_waiting_job_is_changed_and_captures_what_it_then_asks_for()
    {
        var point = await PointOn("busy", packets: 40);
        await Host.Grains.Point(point).Maintain(new MaintainPoint("wait", ScenarioHost.Alice));
        var spec = Spec(point);
        var job = await Submit("job-changed", spec);
        await Until(job, j => j.Waits is not null);
        var changed = spec with { Limits = new JobLimits { Packets = 7 }, Labels = new Dictionary<string, string> { ["kind"] = "short" } };
        var stale = await Host.Grains.Job(job).Change(new ChangeJob(changed, ScenarioHost.Alice, IfVersion: 0));
        Assert.AreEqual((ProblemCodes.Conflict, OrderFields.IfVersion), (stale.Problem?.Code, stale.Problem?.Field));
        Assert.IsTrue((await Host.Grains.Job(job).Change(new ChangeJob(changed, ScenarioHost.Alice))).Ok);
        await Host.Grains.Point(point).Maintain(new MaintainPoint(null, ScenarioHost.Alice));
        var done = await Ended(job);
        Assert.AreEqual(7, done.Captures[0].Counters!.Stored.Packets, Said(done));
        var filter = new JobFilter { Labels = [new("kind", "short")] };
        Assert.HasCount(1, (await Host.Catalog.Jobs(new JobQuery(10, null, null) { Filter = filter })).Items, "lists find it by what it became");
    }
}
