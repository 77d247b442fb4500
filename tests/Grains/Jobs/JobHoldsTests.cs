// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.Grains.Jobs;

namespace Tci.Grains.Tests.Jobs;

[TestClass]
public sealed class JobHoldsTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Caller s_ann = new("ann", "::1");

    private static JobRecord Job(JobState state) => new() { State = state };

    private static JobOrder Hold(JobRecord job, string reason = "incident 17") => JobHolds.Hold(job, new HoldJob(reason, s_ann), s_now);

    [TestMethod]
    public void A_held_job_is_neither_deleted_nor_cancelled_until_it_is_released()
    {
        var done = Job(JobState.Done);
        Assert.IsNotNull(Hold(done).Text);
        Assert.AreEqual(ProblemCodes.Held, JobOrders.Delete(done, s_ann, s_now).Problem!.Code);
        Assert.IsNull(done.Deleted);
        var running = Job(JobState.Capturing);
        Hold(running);
        Assert.AreEqual(ProblemCodes.Held, JobOrders.Cancel(running, s_ann, s_now).Problem!.Code);
        Assert.IsFalse(running.CancelRequested);
        Assert.IsNotNull(JobOrders.Stop(running, s_ann).Text);
        Assert.IsNotNull(JobHolds.Release(done, s_ann).Text);
        Assert.IsNull(JobHolds.Release(done, s_ann).Problem);
        Assert.IsNotNull(JobOrders.Delete(done, s_ann, s_now).Text);
    }

    [TestMethod]
    public void What_goes_already_cannot_be_held()
    {
        var cancelled = Job(JobState.Capturing);
        JobOrders.Cancel(cancelled, s_ann, s_now);
        Assert.AreEqual(ProblemCodes.Conflict, Hold(cancelled).Problem!.Code);
        var deleted = Job(JobState.Done);
        JobOrders.Delete(deleted, s_ann, s_now);
        Assert.AreEqual(ProblemCodes.Conflict, Hold(deleted).Problem!.Code);
        Assert.AreEqual(ProblemCodes.Conflict, Hold(new JobRecord { State = JobState.Capturing, RequeueRequested = true }).Problem!.Code);
    }

    [TestMethod]
    public void The_same_hold_twice_is_one_and_a_reason_is_needed()
    {
        var job = Job(JobState.Done);
        Hold(job);
        Assert.AreEqual(JobOrder.Known, Hold(job));
        Assert.AreEqual(ProblemCodes.InvalidRequest, Hold(job, " ").Problem!.Code);
        Assert.AreEqual(ProblemCodes.InvalidRequest, Hold(job, new string('x', 1001)).Problem!.Code);
    }
}
