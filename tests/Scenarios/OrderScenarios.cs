// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;

namespace Tci.Scenarios;

/// <summary>What people ask of a job on its way and afterwards, and jobs that compete.</summary>
public abstract class OrderScenarios : Scenario
{
    [TestMethod]
    public async Task Stopping_keeps_what_was_captured()
    {
        var job = await Submit("job-stop", Spec(await PointOn("slow", packets: 600, everyMs: 20)) with { Processing = [new() { Processor = "flows" }] });
        await Until(job, j => j.State == JobState.Capturing && j.Captures[0].State == CaptureState.Capturing);
        await Host.Delay(TimeSpan.FromMilliseconds(300));
        Assert.IsTrue((await Host.Grains.Job(job).Stop(new StopJob(Alice))).Ok);
        var done = await Ended(job);
        Assert.AreEqual(JobState.Done, done.State, Said(done));
        Assert.AreEqual("stopped", done.Captures[0].End!.Reason);
        Assert.IsFalse(done.Partial, Said(done));
        Assert.IsInRange(1L, 599L, done.Captures[0].Counters!.Stored.Packets);
    }

    [TestMethod]
    public async Task A_job_with_a_start_time_waits_for_it_and_can_be_paused_and_resumed()
    {
        var spec = Spec(await PointOn("a", packets: 3)) with { StartAt = Host.Now.AddSeconds(2) };
        var job = await Submit("job-later", spec);
        Assert.AreEqual(JobState.Scheduled, (await Job(job)).State);
        Assert.AreEqual(JobState.Paused, (await Host.Grains.Job(job).Pause(new PauseJob(Alice))).Value!.State);
        await Host.Delay(TimeSpan.FromMilliseconds(2500));
        Assert.AreEqual(JobState.Paused, (await Job(job)).State);
        await Host.Grains.Job(job).Resume(new ResumeJob(Alice));
        var done = await Ended(job);
        Assert.AreEqual(JobState.Done, done.State, Said(done));
        Assert.IsGreaterThanOrEqualTo(spec.StartAt!.Value, done.Started!.Value);
    }

    [TestMethod]
    public async Task Pausing_a_waiting_job_gives_its_place_in_the_queue_up()
    {
        var slow = await SlowPoint(capturesMax: 1);
        var first = await Submit("job-first", Spec(slow));
        await Until(first, j => j.State == JobState.Capturing);
        var second = await Submit("job-second", Spec(slow));
        await Until(second, j => j.Waits is not null);
        await Host.Grains.Job(second).Pause(new PauseJob(Alice));
        Assert.AreEqual(0, (await Point(slow)).Queued);
        Assert.AreEqual(ProblemCodes.Conflict, (await Host.Grains.Job(first).Pause(new PauseJob(Alice))).Problem?.Code);
        await CancelAll(first, second);
    }

    [TestMethod]
    public async Task The_more_urgent_job_goes_first()
    {
        var slow = await SlowPoint(capturesMax: 1);
        var running = await Submit("job-running", Spec(slow));
        await Until(running, j => j.State == JobState.Capturing);
        var low = await Submit("job-low", Spec(slow) with { Priority = JobPriority.Low });
        var high = await Submit("job-high", Spec(slow) with { Priority = JobPriority.High });
        await Until(high, j => j.Waits is not null);
        await CancelAll(running);
        await Until(high, j => j.State == JobState.Capturing);
        Assert.AreEqual(JobState.Waiting, (await Job(low)).State);
        await CancelAll(high, low);
    }

    [TestMethod]
    public async Task A_critical_job_takes_the_place_of_a_low_one_which_captures_again_later()
    {
        var slow = await PointOn("slow", packets: 40, everyMs: 50);
        await Limit(slow, new PointLimits { CapturesMax = 1, AllowsPreemption = true });
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
        var request = new ProcessJob([new ProcessingStep { Processor = "flows" }], "once", Alice);
        Assert.IsTrue((await Host.Grains.Job(job).Process(request)).Ok);
        Assert.HasCount(2, (await Host.Grains.Job(job).Process(request)).Value!.Runs, "the same key makes no second run");
        await Until(async () => (await Host.Catalog.DataSet(job))!.Files.Count(IsFlows) == 2, () => "The data set never grew.");
        var dataSet = (await Host.Catalog.DataSet(job))!;
        await FilesAreAsListed(dataSet);
        Assert.AreEqual(JobState.Done, (await Job(job)).State);

        static bool IsFlows(DataSetFile file) => file.Path.EndsWith("flow.csv", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task A_deleted_job_leaves_a_tombstone_and_no_file()
    {
        var job = await Submit("job-delete", Spec(await PointOn("a", packets: 10)));
        Assert.AreEqual(ProblemCodes.Conflict, (await Host.Grains.Job(job).Delete(new DeleteJob(Alice))).Problem?.Code);
        await Ended(job);
        var deleted = await Host.Grains.Job(job).Delete(new DeleteJob(Alice));
        Assert.IsNotNull(deleted.Value!.Deleted);
        Assert.IsNull(await Host.Catalog.DataSet(job));
        Assert.IsNotNull((await Host.Catalog.Job(job))!.Deleted);
        Assert.IsEmpty((await Host.Catalog.Jobs(new JobQuery(10, null, null))).Items);
        Assert.IsEmpty(Host.CaptureFolders);
    }

    [TestMethod]
    public async Task A_point_removed_under_a_waiting_job_is_the_reason_it_waits()
    {
        var slow = await SlowPoint(capturesMax: 1);
        var running = await Submit("job-running", Spec(slow));
        var waiting = await Submit("job-waiting", Spec(slow));
        await Until(waiting, j => j.Waits is not null);
        await Host.Grains.Point(slow).Remove(new RemovePoint(Alice));
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

    [TestMethod]
    public async Task Processing_again_is_in_the_history_and_its_key_holds_for_the_same_steps_only()
    {
        var job = await Submit("job-keys", Spec(await PointOn("a", packets: 10)));
        await Ended(job);
        var request = new ProcessJob([new ProcessingStep { Processor = "flows" }], "once", Alice);
        Assert.IsTrue((await Host.Grains.Job(job).Process(request)).Ok);
        var other = request with { Steps = [new ProcessingStep { Processor = "flows", Parameters = System.Text.Json.JsonDocument.Parse("{}").RootElement }] };
        Assert.AreEqual(ProblemCodes.IdempotencyKeyReused, (await Host.Grains.Job(job).Process(other)).Problem?.Code);
        await Until(async () => (await Host.Catalog.Events(job, 0))[^1].Text.StartsWith("flows over local/a: done", StringComparison.Ordinal), () => "Its end is not in the history.");
        Assert.IsTrue((await Host.Catalog.Events(job, 0)).Any(e => e.Text.Contains("asked for by alice", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task A_specification_is_checked_without_making_a_job()
    {
        var point = await PointOn("a", packets: 3);
        await Limit(point, new PointLimits { ReservedBytesMax = 1000 });
        var nobody = Host.Grains.Job(new JobId("job-nobody"));
        var good = Spec(point) with { Limits = new JobLimits { Bytes = 1000 } };
        Assert.IsTrue((await nobody.Check(new CheckJob(good))).Ok);
        foreach (var (spec, code, field) in new[]
        {
            (good with { Name = "" }, ProblemCodes.NameInvalid, "name"),
            (good with { Limits = new JobLimits() }, ProblemCodes.LimitMissing, "limits"),
            (good with { Limits = new JobLimits { Bytes = 1001 } }, ProblemCodes.LimitInvalid, "limits.bytes"),
            (good with { Limits = new JobLimits { Packets = 1 } }, ProblemCodes.LimitMissing, "limits.bytes"),
            (good with { Points = [point, new PointId("local/nowhere")] }, ProblemCodes.UnknownPoint, "points[1]"),
            (good with { StartAt = Host.Now.AddHours(-1) }, ProblemCodes.InvalidRequest, "startAt"),
            (good with { StartAt = Host.Now.AddYears(2) }, ProblemCodes.InvalidRequest, "startAt"),
        })
        {
            var problem = (await nobody.Check(new CheckJob(spec))).Problem;
            Assert.AreEqual((code, field), (problem?.Code, problem?.Field), spec.ToString());
            Assert.AreEqual(code, (await nobody.Submit(new SubmitJob(spec, Alice, null))).Problem?.Code, "what Check says, Submit says");
        }

        Assert.IsNull(await Host.Catalog.Job(new JobId("job-nobody")));
    }

    [TestMethod]
    public async Task Jobs_are_found_by_their_labels()
    {
        var point = await PointOn("a", packets: 3);
        var red = await Submit("job-red", Spec(point) with { Labels = new Dictionary<string, string> { ["colour"] = "red" } });
        var blue = await Submit("job-blue", Spec(point) with { Labels = new Dictionary<string, string> { ["colour"] = "blue" } });
        await Ended(red);
        await Ended(blue);
        var found = await Host.Catalog.Jobs(new JobQuery(10, null, null) { Filter = new JobFilter { Labels = [new("colour", "red")] } });
        Assert.AreEqual(red, found.Items.Single().Id);
    }

    [TestMethod]
    public async Task A_job_cancelled_while_it_waits_leaves_the_queue_and_no_trace_on_the_probe()
    {
        var slow = await SlowPoint(capturesMax: 1);
        var running = await Submit("job-running", Spec(slow));
        await Until(running, j => j.State == JobState.Capturing);
        var waiting = await Submit("job-waiting", Spec(slow));
        await Until(waiting, j => j.Waits is not null);
        await CancelAll(waiting);
        Assert.AreEqual(0, (await Point(slow)).Queued);
        Assert.HasCount(1, Host.CaptureFolders);
        await CancelAll(running);
    }

    [TestMethod]
    public async Task A_point_in_maintenance_starts_nothing_new_and_the_job_says_so()
    {
        var point = await PointOn("kept", packets: 3);
        Assert.IsTrue((await Host.Grains.Point(point).Maintain(new MaintainPoint("new cable", Alice))).Ok);
        var job = await Submit("job-kept", Spec(point));
        await Until(job, j => j.Waits?.Contains("maintenance", StringComparison.Ordinal) == true);
        Assert.IsTrue((await Host.Grains.Point(point).Maintain(new MaintainPoint(null, Alice))).Ok);
        var done = await Ended(job);
        Assert.AreEqual(JobState.Done, done.State, Said(done));
    }

    [TestMethod]
    public async Task A_waiting_job_is_changed_and_captures_what_it_then_asks_for()
    {
        var point = await PointOn("busy", packets: 40);
        await Host.Grains.Point(point).Maintain(new MaintainPoint("wait", Alice));
        var spec = Spec(point);
        var job = await Submit("job-changed", spec);
        await Until(job, j => j.Waits is not null);
        var changed = spec with { Limits = new JobLimits { Packets = 7 }, Labels = new Dictionary<string, string> { ["kind"] = "short" } };
        var stale = await Host.Grains.Job(job).Change(new ChangeJob(changed, Alice, IfVersion: 0));
        Assert.AreEqual((ProblemCodes.Conflict, OrderFields.IfVersion), (stale.Problem?.Code, stale.Problem?.Field));
        Assert.IsTrue((await Host.Grains.Job(job).Change(new ChangeJob(changed, Alice))).Ok);
        await Host.Grains.Point(point).Maintain(new MaintainPoint(null, Alice));
        var done = await Ended(job);
        Assert.AreEqual(7, done.Captures[0].Counters!.Stored.Packets, Said(done));
        var filter = new JobFilter { Labels = [new("kind", "short")] };
        Assert.HasCount(1, (await Host.Catalog.Jobs(new JobQuery(10, null, null) { Filter = filter })).Items, "lists find it by what it became");
    }
}
