// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;

namespace Tci.Scenarios;

/// <summary>The information system's clock is set, an hour either way, while jobs are under way. Engines keep their own time.</summary>
public abstract class ClockScenarios : Scenario
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    [TestMethod]
    public async Task An_hour_ahead_while_it_captures_ends_the_capture_and_keeps_what_it_stored()
    {
        var job = await Submit("job-ahead", Spec(await SlowPoint()));
        await Until(job, j => j.State == JobState.Capturing && j.Captures[0].Counters?.Stored.Packets > 5);
        Host.Jump(s_hour);
        var done = await Ended(job);
        Assert.AreEqual((JobState.Done, true), (done.State, done.Partial), Said(done));
        Assert.AreEqual(ProblemCodes.DeadlinePassed, done.Captures[0].Problem?.Code);
        Assert.IsGreaterThan(5, done.Captures[0].Counters!.Stored.Packets);
        await FilesAreAsListed((await Host.Catalog.DataSet(job))!);
    }

    [TestMethod]
    public async Task An_hour_back_while_it_captures_changes_nothing()
    {
        var job = await Submit("job-back", Spec(await PointOn("a", packets: 60, everyMs: 50)));
        await Until(job, j => j.State == JobState.Capturing);
        Host.Jump(-s_hour);
        var done = await Ended(job);
        Assert.AreEqual((JobState.Done, false), (done.State, done.Partial), Said(done));
        Assert.AreEqual(60, done.Captures[0].Counters!.Stored.Packets);
    }

    [TestMethod]
    public async Task An_hour_back_while_it_waits_does_not_cost_it_its_place()
    {
        var slow = await SlowPoint(capturesMax: 1);
        var running = await Submit("job-running", Spec(slow));
        await Until(running, j => j.State == JobState.Capturing);
        var waiting = await Submit("job-waiting", Spec(slow));
        await Until(waiting, j => j.Waits is not null);
        Host.Jump(-s_hour);
        await CancelAll(running);

        // By the engine's own clock the capture may then be over before it begins; that is said, and is another matter.
        await Until(async () => (await Host.Catalog.Events(waiting, 0)).Any(e => e.State == JobState.Starting), () => "It never got its place.");
        await Host.Grains.Job(waiting).Cancel(new CancelJob(Alice));
        await Ended(waiting);
    }

    [TestMethod]
    public async Task A_start_time_comes_earlier_when_the_clock_goes_forward()
    {
        var job = await Submit("job-later", Spec(await PointOn("a", packets: 3)) with { StartAt = Host.Now + s_hour });
        Assert.AreEqual(JobState.Scheduled, (await Job(job)).State);
        Host.Jump(s_hour);
        await Until(job, j => j.State is JobState.Waiting or JobState.Starting or JobState.Capturing);
        await CancelAll(job);
    }
}
