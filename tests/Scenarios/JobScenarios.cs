// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.Scenarios.Hosts;

namespace Tci.Scenarios;

/// <summary>Lives and faults of a job, written once and run on every host.</summary>
public abstract class JobScenarios : Scenario
{
    [TestMethod]
    public async Task A_job_goes_from_creation_to_its_data_set()
    {
        var point = await PointOn("a", packets: 200);
        var job = await Submit("job-life", Spec(point) with { Processing = [new ProcessingStep { Processor = "flows" }] });
        var done = await Ended(job);

        Assert.AreEqual(JobState.Done, done.State, Said(done));
        Assert.IsFalse(done.Partial, Said(done));
        Assert.AreEqual(200, done.Captures[0].Counters!.Stored.Packets);
        var dataSet = (await Host.Catalog.DataSet(job))!;
        CollectionAssert.AreEqual(new[] { "flow.csv", "flow.idx", "flow.summary.json", "info.json", "traffic.pcap" }, dataSet.Files.Select(f => f.Path).ToArray());
        await FilesAreAsListed(dataSet);
    }

    [TestMethod]
    public async Task Its_history_is_complete_and_in_order()
    {
        var job = await Submit("job-history", Spec(await PointOn("a", packets: 5)));
        var done = await Ended(job);
        var events = await Host.Catalog.Events(job, 0);
        CollectionAssert.AreEqual(Enumerable.Range(1, events.Count).ToArray(), events.Select(e => e.Sequence).ToArray());
        var states = events.Select(e => e.State).Distinct().ToArray();
        CollectionAssert.AreEqual(
            new[] { JobState.Scheduled, JobState.Waiting, JobState.Starting, JobState.Capturing, JobState.Collecting, JobState.Processing, JobState.Done }, states, Said(done));
    }

    [TestMethod]
    public async Task What_is_shown_and_what_is_stored_agree()
    {
        var job = await Submit("job-agree", Spec(await PointOn("a", packets: 5)));
        await Ended(job);
        var shown = await Job(job);
        var stored = (await Host.Catalog.Job(job))!;
        Assert.AreEqual(shown.Version, stored.Version);
        Assert.AreEqual(shown.State, stored.State);
    }

    [TestMethod]
    public async Task Cancelling_while_it_captures_ends_the_engine_and_leaves_no_file()
    {
        var job = await Submit("job-cancel", Spec(await SlowPoint()));
        await Until(job, j => j.State == JobState.Capturing && Host.Engines.Count > 0);
        var cancelled = await Host.Grains.Job(job).Cancel(new CancelJob(Alice));
        Assert.IsTrue(cancelled.Ok, cancelled.Problem?.Message);
        var ended = await Ended(job);
        Assert.AreEqual(JobState.Cancelled, ended.State, Said(ended));
        Assert.IsFalse(ended.HasDataSet);
        Assert.IsEmpty(Host.Engines);
        Assert.IsEmpty(Host.CaptureFolders);
    }

    [TestMethod]
    public async Task A_final_job_cannot_be_cancelled()
    {
        var job = await Submit("job-late", Spec(await PointOn("a", packets: 1)));
        await Ended(job);
        var answer = await Host.Grains.Job(job).Cancel(new CancelJob(Alice));
        Assert.AreEqual(ProblemCodes.Conflict, answer.Problem?.Code);
    }

    [TestMethod]
    public async Task One_failing_point_leaves_a_partial_result_with_its_reason()
    {
        var good = await PointOn("good", packets: 20);
        var bad = await Host.PointOn("bad", "pcap:/nowhere/missing.pcap");
        var done = await Ended(await Submit("job-partial", Spec(good, bad)));
        Assert.AreEqual(JobState.Done, done.State, Said(done));
        Assert.IsTrue(done.Partial);
        Assert.AreEqual(CaptureState.Failed, done.Captures[1].State);
        Assert.AreEqual(ProblemCodes.SourceMissing, done.Captures[1].Problem?.Code);
        var paths = (await Host.Catalog.DataSet(done.Id))!.Files.Select(f => f.Path).ToArray();
        CollectionAssert.AreEqual(new[] { "0-local-good/info.json", "0-local-good/traffic.pcap" }, paths);
    }

    [TestMethod]
    public async Task Without_any_working_point_it_fails_with_the_reason()
    {
        var bad = await Host.PointOn("bad", "pcap:/nowhere/missing.pcap");
        var failed = await Ended(await Submit("job-fails", Spec(bad)));
        Assert.AreEqual(JobState.Failed, failed.State);
        Assert.AreEqual(ProblemCodes.SourceMissing, failed.Problem?.Code);
        Assert.IsFalse(failed.HasDataSet);
    }

    [TestMethod]
    public async Task Several_points_start_at_one_instant()
    {
        var done = await Ended(await Submit("job-two", Spec(await PointOn("a", packets: 20), await PointOn("b", packets: 30))));
        Assert.AreEqual(JobState.Done, done.State, Said(done));
        CollectionAssert.AreEqual(new long[] { 20, 30 }, done.Captures.Select(c => c.Counters!.Stored.Packets).ToArray());
        Assert.IsTrue(done.Captures.All(c => c.End!.Started >= done.Started), "no capture stores before the agreed instant");
    }

    [TestMethod]
    public async Task A_restart_in_the_middle_loses_nothing_and_captures_once()
    {
        var job = await Submit("job-restart", Spec(await PointOn("slow", packets: 60, everyMs: 50)) with { Processing = [new ProcessingStep { Processor = "flows" }] });
        await Until(job, j => j.State == JobState.Capturing && Host.Engines.Count == 1);
        var engines = Host.Engines;
        await Host.Stop();
        CollectionAssert.AreEqual(engines.ToArray(), Host.Engines.ToArray(), "the engine goes on while nobody is there");
        await Host.Start();
        var done = await Ended(job);
        Assert.AreEqual(JobState.Done, done.State, Said(done));
        Assert.AreEqual(60, done.Captures[0].Counters!.Stored.Packets);
        await FilesAreAsListed((await Host.Catalog.DataSet(job))!);
    }

    [TestMethod]
    public async Task A_job_that_was_stored_but_never_stepped_is_found_by_the_sweep()
    {
        var id = new JobId("job-orphan");
        var spec = Spec(await PointOn("a", packets: 3));
        await Host.JobCatalog.Create(new JobSeed(id, "alice", spec, Host.Now, "k1"), Alice);
        await Until(async () => (await Host.Catalog.Job(id))?.State == JobState.Done, () => "The sweep did not find the job.");
    }

    [TestMethod]
    public async Task Submitting_again_is_the_same_job_and_captures_once()
    {
        var spec = Spec(await PointOn("a", packets: 10));
        var job = await Submit("job-again", spec);
        await Submit("job-again", spec);
        await Ended(job);
        var again = await Host.Grains.Job(job).Submit(new SubmitJob(spec, Alice, "k"));
        Assert.AreEqual(JobState.Done, again.Value!.State);
        var other = await Host.Grains.Job(job).Submit(new SubmitJob(spec with { Name = "other" }, Alice, "k"));
        Assert.AreEqual(ProblemCodes.IdempotencyKeyReused, other.Problem?.Code);
        Assert.HasCount(1, Host.CaptureFolders);
    }

    [TestMethod]
    public async Task An_unknown_point_is_refused_and_nothing_is_stored()
    {
        var answer = await Host.Grains.Job(new JobId("job-unknown")).Submit(new SubmitJob(Spec(new PointId("local/nowhere")), Alice, null));
        Assert.AreEqual(ProblemCodes.UnknownPoint, answer.Problem?.Code);
        Assert.IsNull(await Host.Catalog.Job(new JobId("job-unknown")));
    }

    [TestMethod]
    public async Task A_full_point_makes_the_next_job_wait_and_say_why()
    {
        var slow = await SlowPoint();
        var jobs = new List<JobId>();
        for (var i = 0; i < new PointLimits().CapturesMax + 1; i++) jobs.Add(await Submit($"job-full{i}", Spec(slow)));
        var waiting = await Until(jobs[^1], j => j.State == JobState.Waiting && j.Waits is not null);
        StringAssert.Contains(waiting.Waits, "position 1");
        await Host.Grains.Job(jobs[0]).Cancel(new CancelJob(Alice));
        await Until(jobs[^1], j => j.State == JobState.Capturing);
        foreach (var job in jobs.Skip(1)) await Host.Grains.Job(job).Cancel(new CancelJob(Alice));
        foreach (var job in jobs) await Ended(job);
    }

    [TestMethod]
    public async Task Packets_are_dropped_from_the_data_set_where_they_are_not_kept()
    {
        var spec = Spec(await PointOn("a", packets: 10)) with { KeepRaw = false, Processing = [new ProcessingStep { Processor = "flows" }] };
        var done = await Ended(await Submit("job-noraw", spec));
        Assert.AreEqual(JobState.Done, done.State, Said(done));
        var paths = (await Host.Catalog.DataSet(done.Id))!.Files.Select(f => f.Path).ToArray();
        CollectionAssert.AreEqual(new[] { "flow.csv", "flow.idx", "flow.summary.json", "info.json" }, paths);
        Assert.AreEqual(0, Host.PacketFiles);
    }

    [TestMethod]
    public async Task A_killed_engine_leaves_a_partial_result_with_what_was_stored()
    {
        var job = await Submit("job-kill", Spec(await PointOn("slow", packets: 600, everyMs: 20)));
        await Until(job, j => j.State == JobState.Capturing && Host.Engines.Count == 1);
        await Host.Delay(TimeSpan.FromMilliseconds(500));
        Host.KillEngines();
        var ended = await Ended(job);
        Assert.IsTrue(ended.State == JobState.Failed || ended.Partial, Said(ended));
        Assert.AreEqual(ProblemCodes.CaptureKilled, ended.Captures[0].Problem?.Code);
        if (ended.HasDataSet) await FilesAreAsListed((await Host.Catalog.DataSet(job))!);
    }
}
