// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.Grains.Points;

namespace Tci.Grains.Tests.Points;

/// <summary>Priority, bytes and pre-emption on a point.</summary>
[TestClass]
public sealed class PointAdmissionTests
{
    private static readonly DateTimeOffset s_now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static PointRecord Point(PointLimits limits) => new() { Source = "afpacket:eth0", Present = true, Limits = limits };

    private static Answer<Reservation> Ask(PointRecord point, int n, JobPriority priority = JobPriority.Normal, long? bytes = null) =>
        PointQueue.Reserve(point, new ReservePoint(new CaptureId($"local/job-{n}.0"), s_now.AddMinutes(10), priority, bytes)).Answer;

    [TestMethod]
    public void Higher_priority_goes_before_those_that_came_earlier()
    {
        var point = Point(new PointLimits { CapturesMax = 1 });
        Ask(point, 1);
        Ask(point, 2, JobPriority.Low);
        Ask(point, 3);
        Ask(point, 4, JobPriority.High);
        Ask(point, 5, JobPriority.High);
        CollectionAssert.AreEqual(new[] { 4, 5, 3, 2 }.Select(n => $"local/job-{n}.0").ToArray(), point.Queue.Select(p => p.Capture.Value).ToArray());
        Assert.AreEqual(4, Ask(point, 2, JobPriority.Low).Value!.Position);
    }

    [TestMethod]
    public void A_critical_job_takes_the_place_of_the_low_one_that_came_last()
    {
        var point = Point(new PointLimits { CapturesMax = 2, AllowsPreemption = true });
        Ask(point, 1, JobPriority.Low);
        Ask(point, 2, JobPriority.Low);
        Assert.IsFalse(Ask(point, 3, JobPriority.Critical).Value!.Granted);
        Assert.IsFalse(Ask(point, 1, JobPriority.Low).Value!.Evicted);
        Assert.IsTrue(Ask(point, 2, JobPriority.Low).Value!.Evicted);
        Ask(point, 3, JobPriority.Critical);
        Assert.AreEqual(1, point.Holders.Count(p => p.Evicted), "asking again does not cost a second one its place");
        PointQueue.Release(point, new CaptureId("local/job-2.0"));
        Assert.IsTrue(Ask(point, 3, JobPriority.Critical).Value!.Granted);
    }

    [TestMethod]
    public void Without_leave_or_low_ones_nobody_loses_a_place()
    {
        var closed = Point(new PointLimits { CapturesMax = 1 });
        Ask(closed, 1, JobPriority.Low);
        Ask(closed, 2, JobPriority.Critical);
        Assert.IsFalse(closed.Holders[0].Evicted);
        var normal = Point(new PointLimits { CapturesMax = 1, AllowsPreemption = true });
        Ask(normal, 1);
        Ask(normal, 2, JobPriority.Critical);
        Assert.IsFalse(normal.Holders[0].Evicted);
    }

    [TestMethod]
    public void Reserved_bytes_are_shared_and_a_large_one_is_not_overtaken()
    {
        var point = Point(new PointLimits { CapturesMax = 4, ReservedBytesMax = 100 });
        Assert.IsTrue(Ask(point, 1, bytes: 60).Value!.Granted);
        Assert.IsFalse(Ask(point, 2, bytes: 60).Value!.Granted);
        Assert.IsFalse(Ask(point, 3, bytes: 10).Value!.Granted);
        PointQueue.Release(point, new CaptureId("local/job-1.0"));
        Assert.IsTrue(Ask(point, 2, bytes: 60).Value!.Granted);
        Assert.IsTrue(Ask(point, 3, bytes: 10).Value!.Granted);
    }

    [TestMethod]
    public void What_can_never_fit_is_refused_at_once()
    {
        var point = Point(new PointLimits { ReservedBytesMax = 100 });
        Assert.AreEqual(ProblemCodes.LimitMissing, Ask(point, 1).Problem?.Code);
        Assert.AreEqual(ProblemCodes.LimitInvalid, Ask(point, 2, bytes: 101).Problem?.Code);
        Assert.IsEmpty(point.Queue);
    }

    [TestMethod]
    public void A_days_bytes_are_kept_and_begin_anew_at_midnight()
    {
        var point = Point(new PointLimits { DayBytesMax = 100 });
        PointQueue.Expire(point, s_now);
        point.DayBytes = 100;
        var waits = Ask(point, 1, bytes: 10).Value!;
        Assert.IsFalse(waits.Granted);
        StringAssert.Contains(waits.Reason, "today");
        point.Queue[0] = point.Queue[0] with { Until = s_now.AddDays(2) };
        Assert.IsTrue(PointQueue.Expire(point, s_now.AddDays(1)));
        Assert.IsTrue(Ask(point, 1, bytes: 10).Value!.Granted);
    }

    [TestMethod]
    public void A_removed_point_admits_nobody()
    {
        var point = Point(new PointLimits());
        point.Removed = true;
        StringAssert.Contains(Ask(point, 1).Value!.Reason, "removed");
    }

    [TestMethod]
    public void In_maintenance_nobody_is_admitted_and_the_reason_says_so()
    {
        var point = Point(new PointLimits { CapturesMax = 1 });
        point.Maintenance = new PointMaintenance("new cable", s_now, "ann");
        var refused = Ask(point, 1).Value!;
        Assert.IsFalse(refused.Granted);
        Assert.AreEqual("The point is in maintenance since 2026-05-01T12:00Z (new cable); position 1 in the point's queue.", refused.Reason);
        Assert.IsEmpty(PointQueue.Next(point));
        point.Maintenance = null;
        Assert.HasCount(1, PointQueue.Next(point).ToList());
        Assert.IsTrue(Ask(point, 1).Value!.Granted);
    }

    [TestMethod]
    public void A_capture_that_asks_for_something_else_queues_anew()
    {
        var point = Point(new PointLimits { CapturesMax = 1 });
        Ask(point, 1);
        Ask(point, 2);
        Ask(point, 3);
        Assert.AreEqual(1, Ask(point, 3, JobPriority.High).Value!.Position);
        Assert.AreEqual(2, Ask(point, 2, bytes: 5).Value!.Position);
        Assert.HasCount(2, point.Queue);
        Assert.IsFalse(Ask(point, 1, bytes: 9).Value!.Granted, "its place went with what it was asked for");
        Assert.IsEmpty(point.Holders);
    }
}
