// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.Scenarios.Hosts;

namespace Tci.Scenarios;

/// <summary>Jobs that repeat.</summary>
public abstract class ScheduleScenarios : Scenario
{
    private static readonly ScheduleId s_id = new("schedule-nightly");

    [TestMethod]
    public async Task A_schedule_makes_a_job_at_its_time_once_and_ends_after_its_count()
    {
        var spec = Every(await PointOn("a", packets: 3)) with { From = DateTimeOffset.UtcNow.AddSeconds(1), CountMax = 1 };
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
        await Define(Every(await PointOn("a", packets: 3)) with { From = DateTimeOffset.UtcNow.AddSeconds(3), CountMax = 1 });
        await Host.Stop();
        await Host.Start();
        Assert.AreEqual(1, (await UntilSchedule(s => s.State == ScheduleState.Ended)).Made);
    }

    [TestMethod]
    public async Task Paused_it_makes_nothing_and_deleted_it_ends()
    {
        await Define(Every(await PointOn("a", packets: 3)) with { From = DateTimeOffset.UtcNow.AddSeconds(1) });
        await Host.Grains.Schedule(s_id).Pause(new PauseSchedule(ScenarioHost.Alice));
        await Task.Delay(1500);
        Assert.AreEqual(0, (await Host.Grains.Schedule(s_id).Get(new GetSchedule())).Value!.Made);
        var resumed = (await Host.Grains.Schedule(s_id).Resume(new ResumeSchedule(ScenarioHost.Alice))).Value!;
        Assert.IsGreaterThan(DateTimeOffset.UtcNow, resumed.Next!.Value);
        var deleted = (await Host.Grains.Schedule(s_id).Delete(new DeleteSchedule(ScenarioHost.Alice))).Value!;
        Assert.AreEqual(ScheduleState.Ended, deleted.State);
    }

    [TestMethod]
    public async Task The_same_definition_twice_is_one_schedule_and_another_is_refused()
    {
        var spec = Every(await PointOn("a", packets: 3)) with { From = DateTimeOffset.UtcNow.AddDays(1) };
        Assert.AreEqual(1, (await Define(spec)).Value!.Version);
        Assert.AreEqual(1, (await Define(spec)).Value!.Version);
        Assert.AreEqual(ProblemCodes.IdempotencyKeyReused, (await Define(spec with { Name = "other" })).Problem?.Code);
    }

    [TestMethod]
    public async Task A_job_that_is_not_accepted_is_the_schedules_problem()
    {
        await Define(Every(new PointId("local/nowhere")) with { From = DateTimeOffset.UtcNow.AddSeconds(1) });
        var view = await UntilSchedule(s => s.Problem is not null);
        Assert.AreEqual(ProblemCodes.UnknownPoint, view.Problem!.Code);
        Assert.AreEqual(0, view.Made);
        Assert.AreEqual(ScheduleState.Active, view.State);
    }

    private static ScheduleSpec Every(PointId point) => new()
    {
        Name = "nightly",
        Job = new JobSpec { Name = "job", Points = [point], Limits = new JobLimits { Duration = TimeSpan.FromSeconds(60) } },
        Every = TimeSpan.FromMinutes(10),
    };

    private Task<Answer<ScheduleView>> Define(ScheduleSpec spec) => Host.Grains.Schedule(s_id).Define(new DefineSchedule(spec, ScenarioHost.Alice));

    private async Task<ScheduleView> UntilSchedule(Func<ScheduleView, bool> condition)
    {
        var deadline = DateTime.UtcNow + WaitMax;
        while (true)
        {
            var view = (await Host.Grains.Schedule(s_id).Get(new GetSchedule())).Value!;
            if (condition(view)) return view;
            Assert.IsLessThan(deadline, DateTime.UtcNow, "it never came to that");
            await Task.Delay(50);
        }
    }
}
