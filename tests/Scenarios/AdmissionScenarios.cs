// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;

namespace Tci.Scenarios;

/// <summary>What a point admits, and who waits for how long.</summary>
public abstract class AdmissionScenarios : Scenario
{
    [TestMethod]
    public async Task Everyone_in_the_queue_is_told_the_position()
    {
        var slow = await SlowPoint(capturesMax: 1);
        var running = await Submit("job-0", Spec(slow));
        await Until(running, j => j.State == JobState.Capturing);
        var (first, second) = (await Submit("job-1", Spec(slow)), await Submit("job-2", Spec(slow)));
        StringAssert.Contains((await Until(first, j => j.Waits is not null)).Waits, "1 capture runs on the point; position 1");
        StringAssert.Contains((await Until(second, j => j.Waits is not null)).Waits, "position 2");
        Assert.AreEqual((1, 2), ((await Point(slow)).Captures, (await Point(slow)).Queued));
        await CancelAll(second, first, running);
    }

    [TestMethod]
    public async Task What_a_point_may_store_in_a_day_is_used_up_until_midnight()
    {
        var point = await PointOn("a", packets: 10);
        await Limit(point, new PointLimits { DayBytesMax = 2000 });
        var spec = Spec(point) with { Limits = new JobLimits { Bytes = 1600 } };
        await Ended(await Submit("job-today", spec));
        Assert.IsGreaterThan(400, (await Point(point)).DayBytes);
        var waiting = await Submit("job-tomorrow", spec);
        StringAssert.Contains((await Until(waiting, j => j.Waits is not null)).Waits, "of 2000 bytes today (UTC)");
        Host.Jump(TimeSpan.FromDays(1));
        await Until(waiting, j => j.State is JobState.Starting or JobState.Capturing);
        Assert.AreEqual(0, (await Point(point)).DayBytes);
        await CancelAll(waiting);
    }

    [TestMethod]
    public async Task Bytes_that_are_reserved_make_the_next_one_wait()
    {
        var slow = await SlowPoint();
        await Limit(slow, new PointLimits { ReservedBytesMax = 1_000_000 });
        var spec = Spec(slow) with { Limits = new JobLimits { Bytes = 600_000 } };
        var first = await Submit("job-first", spec);
        await Until(first, j => j.State == JobState.Capturing);
        var second = await Submit("job-second", spec);
        StringAssert.Contains((await Until(second, j => j.Waits is not null)).Waits, "600000 bytes do not fit");
        await CancelAll(first);
        await Until(second, j => j.State == JobState.Capturing);
        await CancelAll(second);
    }

    [TestMethod]
    public async Task An_AF_XDP_point_takes_one_capture_at_a_time_until_told_otherwise()
    {
        var point = await Host.PointOn("x", "afxdp:eth9");
        Assert.AreEqual(1, (await Point(point)).Limits.CapturesMax);
        await Limit(point, new PointLimits { CapturesMax = 2 });
        await Host.PointOn("x", "afxdp:eth9");
        Assert.AreEqual(2, (await Point(point)).Limits.CapturesMax);
        Assert.AreEqual(4, (await Point(await Host.PointOn("y", "afpacket:eth9"))).Limits.CapturesMax);
    }

    [TestMethod]
    public async Task A_lowered_limit_evicts_nobody_and_lets_nobody_in()
    {
        var slow = await SlowPoint(capturesMax: 2);
        var (first, second) = (await Submit("job-first", Spec(slow)), await Submit("job-second", Spec(slow)));
        await Until(first, j => j.State == JobState.Capturing);
        await Until(second, j => j.State == JobState.Capturing);
        await Limit(slow, new PointLimits { CapturesMax = 1 });
        var third = await Submit("job-third", Spec(slow));
        await CancelAll(first);
        await Host.Delay(TimeSpan.FromSeconds(1));
        Assert.AreEqual((JobState.Capturing, JobState.Waiting), ((await Job(second)).State, (await Job(third)).State));
        await CancelAll(second, third);
    }

    [TestMethod]
    public async Task Where_the_point_does_not_allow_it_a_critical_job_waits_for_a_low_one()
    {
        var slow = await SlowPoint(capturesMax: 1, allowsPreemption: false);
        var low = await Submit("job-low", Spec(slow) with { Priority = JobPriority.Low });
        await Until(low, j => j.State == JobState.Capturing);
        var critical = await Submit("job-critical", Spec(slow) with { Priority = JobPriority.Critical });
        await Until(critical, j => j.Waits is not null);
        await Host.Delay(TimeSpan.FromSeconds(2));
        Assert.AreEqual(JobState.Capturing, (await Job(low)).State);
        await CancelAll(critical, low);
    }

    [TestMethod]
    public async Task A_place_that_nobody_renews_runs_out()
    {
        var point = await PointOn("a", packets: 3);
        await Limit(point, new PointLimits { CapturesMax = 1 });
        var lost = new CaptureId(Hosts.ScenarioHost.Probe, new JobId("job-lost"), 0);
        Assert.IsTrue((await Host.Grains.Point(point).Reserve(new ReservePoint(lost, Host.Now.AddSeconds(6)))).Value!.Granted);
        var waiting = await Submit("job-waiting", Spec(point));
        await Until(waiting, j => j.Waits is not null);
        Assert.AreEqual(JobState.Done, (await Ended(waiting)).State);
    }

    [TestMethod]
    public async Task A_place_that_runs_out_while_nobody_looks_is_found_by_the_sweep()
    {
        var point = await PointOn("a", packets: 3);
        var lost = new CaptureId(Hosts.ScenarioHost.Probe, new JobId("job-lost"), 0);
        await Host.Grains.Point(point).Reserve(new ReservePoint(lost, Host.Now.AddSeconds(5)));
        await Host.Delay(TimeSpan.FromSeconds(3));
        await Host.Stop();
        await Host.Start();
        Assert.AreEqual(1, (await Host.Catalog.Points()).Single(p => p.Id == point).Captures);
        await Until(async () => (await Host.Catalog.Points()).Single(p => p.Id == point).Captures == 0, () => "It keeps its place.");
    }

    [TestMethod]
    public async Task Nobody_waits_for_ever()
    {
        var point = await PointOn("a", packets: 3);
        await Host.Grains.Point(point).Remove(new RemovePoint(Alice));
        var waiting = await Submit("job-waiting", Spec(point));
        await Until(waiting, j => j.Waits?.Contains("removed", StringComparison.Ordinal) == true);
        Host.Jump(Host.Jobs.WaitMax + TimeSpan.FromMinutes(2));
        var failed = await Ended(waiting);
        Assert.AreEqual((JobState.Failed, ProblemCodes.DeadlinePassed), (failed.State, failed.Problem?.Code));
        StringAssert.Contains(failed.Problem!.Message, "removed");
    }
}
