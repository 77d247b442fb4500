// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;

namespace Tci.Scenarios;

/// <summary>Jobs that repeat.</summary>
public abstract class ScheduleScenarios : Scenario
{
    private static readonly ScheduleId s_id = new("schedule-nightly");

    [TestMethod]
    public async Task A_schedule_makes_a_job_at_its_time_once_and_ends_after_its_count()
    {
        var spec = Every(await PointOn("a", packets: 3)) with { From = Host.Now.AddSeconds(1), CountMax = 1 };
        Assert.IsTrue((await Define(spec)).Ok);
        var ended = await UntilSchedule(s => s.State == ScheduleState.Ended);
        Assert.AreEqual(1, ended.Made);
        Assert.AreEqual(0, ended.Missed);
        var done = await Ended(ended.LastJob!.Value);
        Assert.AreEqual(JobState.Done, done.State, Said(done));
        Assert.AreEqual(s_id.Value, done.Origin);
        Assert.AreEqual("alice", done.Owner);
    }

    [TestMethod]
    public async Task It_survives_a_restart_before_its_time()
    {
        await Define(Every(await PointOn("a", packets: 3)) with { From = Host.Now.AddSeconds(3), CountMax = 1 });
        await Host.Stop();
        await Host.Start();
        Assert.AreEqual(1, (await UntilSchedule(s => s.State == ScheduleState.Ended)).Made);
    }

    [TestMethod]
    public async Task Paused_it_makes_nothing_and_deleted_it_ends()
    {
        await Define(Every(await PointOn("a", packets: 3)) with { From = Host.Now.AddSeconds(1) });
        await Host.Grains.Schedule(s_id).Pause(new PauseSchedule(Alice));
        await Host.Delay(TimeSpan.FromMilliseconds(1500));
        Assert.AreEqual(0, (await Schedule()).Made);
        var resumed = (await Host.Grains.Schedule(s_id).Resume(new ResumeSchedule(Alice))).Value!;
        Assert.IsGreaterThan(Host.Now, resumed.Next!.Value);
        var deleted = (await Host.Grains.Schedule(s_id).Delete(new DeleteSchedule(Alice))).Value!;
        Assert.AreEqual(ScheduleState.Ended, deleted.State);
    }

    [TestMethod]
    public async Task The_same_definition_twice_is_one_schedule_and_another_is_refused()
    {
        var spec = Every(await PointOn("a", packets: 3)) with { From = Host.Now.AddDays(1) };
        Assert.AreEqual(1, (await Define(spec)).Value!.Version);
        Assert.AreEqual(1, (await Define(spec)).Value!.Version);
        Assert.AreEqual(ProblemCodes.IdempotencyKeyReused, (await Define(spec with { Name = "other" })).Problem?.Code);
    }

    [TestMethod]
    public async Task A_job_that_is_not_accepted_is_the_schedules_problem()
    {
        await Define(Every(new PointId("local/nowhere")) with { From = Host.Now.AddSeconds(1) });
        var view = await UntilSchedule(s => s.Problem is not null);
        Assert.AreEqual(ProblemCodes.UnknownPoint, view.Problem!.Code);
        Assert.AreEqual((0, 1), (view.Made, view.Refused));
        Assert.AreEqual(ScheduleState.Active, view.State);
    }

    [TestMethod]
    public async Task A_start_for_which_its_owner_lost_the_right_is_refused_and_the_schedule_goes_on_to_the_next()
    {
        var spec = Every(await PointOn("a", packets: 3)) with { From = Host.Now.AddSeconds(2), CountMax = 1 };
        Assert.IsTrue((await Define(spec)).Ok);
        await Host.LetCreate(false);
        var refused = await UntilSchedule(s => s.Refused > 0);
        Assert.AreEqual((1, 0, 0, ScheduleState.Active), (refused.Refused, refused.Made, refused.Missed, refused.State));
        Assert.AreEqual((ProblemCodes.Forbidden, spec.From, spec.From!.Value.AddMinutes(10)), (refused.Problem?.Code, refused.LastRefused, refused.Next));
        Assert.IsEmpty((await Host.Catalog.Jobs(new JobQuery(10, null, null))).Items);
        await Host.LetCreate(true);
        Host.Jump(refused.Next!.Value - Host.Now);
        await Host.Grains.Schedule(s_id).Poke(new Poke());
        var ended = await UntilSchedule(s => s.State == ScheduleState.Ended);
        Assert.AreEqual((1, 1, null), (ended.Refused, ended.Made, ended.Problem));
        Assert.AreEqual(s_id.Value, (await Job(ended.LastJob!.Value)).Origin);
        CollectionAssert.AreEqual(new[] { $"alice schedule.start {s_id} forbidden" }, (await Host.Audit("schedule.start")).ToList());
    }

    [TestMethod]
    public async Task It_ends_at_its_date_whatever_its_count()
    {
        await Define(Every(await PointOn("a", packets: 3)) with { From = Host.Now.AddSeconds(1), Until = Host.Now.AddMinutes(5), CountMax = 100 });
        var ended = await UntilSchedule(s => s.State == ScheduleState.Ended);
        Assert.AreEqual(1, ended.Made);
        Assert.IsNull(ended.Next);
        await Ended(ended.LastJob!.Value);
    }

    [TestMethod]
    public async Task Missed_starts_are_reported_and_not_caught_up()
    {
        var spec = Every(await PointOn("a", packets: 3)) with { From = Host.Now.AddMinutes(1) };
        await DefineAndMiss(spec, TimeSpan.FromMinutes(35));
        var view = await UntilSchedule(s => s.Missed > 0);
        Assert.AreEqual((4, 0, ScheduleState.Active), (view.Missed, view.Made, view.State));
        Assert.AreEqual(spec.From!.Value.AddMinutes(30), view.LastMissed);
        Assert.AreEqual(spec.From.Value.AddMinutes(40), view.Next);
        Assert.IsEmpty((await Host.Catalog.Jobs(new JobQuery(10, null, null))).Items);
    }

    [TestMethod]
    public async Task Where_asked_for_the_latest_missed_start_is_caught_up()
    {
        await DefineAndMiss(Every(await PointOn("a", packets: 3)) with { From = Host.Now.AddMinutes(1), CatchUp = true }, TimeSpan.FromMinutes(35));
        var view = await UntilSchedule(s => s.Made > 0);
        Assert.AreEqual((3, 1), (view.Missed, view.Made));
        Assert.AreEqual(s_id.Value, (await Job(view.LastJob!.Value)).Origin);
    }

    [TestMethod]
    public async Task A_thousand_starts_that_are_due_at_once_make_one_job()
    {
        var spec = Every(await PointOn("a", packets: 3)) with { Every = TimeSpan.FromMinutes(1), From = Host.Now.AddMinutes(1), CatchUp = true };
        await DefineAndMiss(spec, TimeSpan.FromMinutes(1002));
        var view = await UntilSchedule(s => s.Made > 0);
        Assert.AreEqual(1, view.Made);
        Assert.IsInRange(999, 1001, view.Missed);
        Assert.HasCount(1, (await Host.Catalog.Jobs(new JobQuery(500, null, null))).Items);
    }

    [TestMethod]
    public async Task A_clock_that_goes_back_an_hour_makes_no_start_twice()
    {
        await Define(Every(await PointOn("a", packets: 3)) with { From = Host.Now.AddSeconds(1) });
        var first = await UntilSchedule(s => s.Made == 1);
        Host.Jump(TimeSpan.FromHours(-1));
        await Host.Grains.Schedule(s_id).Poke(new Poke());
        await Host.Delay(TimeSpan.FromSeconds(4));
        var view = await Schedule();
        Assert.AreEqual((1, 0, first.Next), (view.Made, view.Missed, view.Next));
    }

    [TestMethod]
    public async Task Cron_is_read_in_its_time_zone()
    {
        var spec = Every(await PointOn("a", packets: 3)) with { Every = null, Cron = "30 2 * * *", TimeZone = "Europe/Prague", From = new DateTimeOffset(2031, 3, 29, 12, 0, 0, TimeSpan.Zero) };

        // On 30 March 2031 clocks go forward from 2:00 to 3:00: that day has no half past two.
        Assert.AreEqual(new DateTimeOffset(2031, 3, 31, 0, 30, 0, TimeSpan.Zero), (await Define(spec)).Value!.Next);
    }

    [TestMethod]
    public async Task A_schedule_that_cannot_be_is_refused_with_the_field()
    {
        var good = Every(await PointOn("a", packets: 3));
        var cron = good with { Every = null };
        foreach (var (spec, field) in new[]
        {
            (cron with { Cron = "0 0 30 2 *" }, "cron"),
            (cron with { Cron = "61 * * * *" }, "cron"),
            (cron with { Cron = "0 0 * * *", TimeZone = "Europe/Nowhere" }, "timeZone"),
            (good with { Until = Host.Now.AddMinutes(-1) }, "until"),
            (good with { Every = TimeSpan.FromSeconds(1) }, "every"),
            (good with { Job = good.Job with { StartAt = Host.Now } }, "job.startAt"),
        })
        {
            var answer = await Define(spec);
            Assert.AreEqual((ProblemCodes.InvalidSchedule, field), (answer.Problem?.Code, answer.Problem?.Field), spec.ToString());
        }

        Assert.AreEqual(ProblemCodes.NotFound, (await Host.Grains.Schedule(s_id).Get(new GetSchedule())).Problem?.Code);
    }

    /// <summary>Nothing runs while the clock goes on so far.</summary>
    private async Task DefineAndMiss(ScheduleSpec spec, TimeSpan away)
    {
        Assert.IsTrue((await Define(spec)).Ok);
        await Host.Stop();
        Host.Jump(away);
        await Host.Start();
    }

    private static ScheduleSpec Every(PointId point) => new()
    {
        Name = "nightly",
        Job = new JobSpec { Name = "job", Points = [point], Limits = new JobLimits { Duration = TimeSpan.FromSeconds(60) } },
        Every = TimeSpan.FromMinutes(10),
    };

    private Task<Answer<ScheduleView>> Define(ScheduleSpec spec) => Host.Grains.Schedule(s_id).Define(new DefineSchedule(spec, Alice));

    private async Task<ScheduleView> Schedule() => (await Host.Grains.Schedule(s_id).Get(new GetSchedule())).Value!;

    private async Task<ScheduleView> UntilSchedule(Func<ScheduleView, bool> condition)
    {
        var last = await Schedule();
        await Until(async () => condition(last = await Schedule()), () => last.ToString());
        return last;
    }
}
