// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.Grains.Points;

namespace Tci.Grains.Tests.Points;

[TestClass]
public sealed class PointQueueTests
{
    private static readonly DateTimeOffset s_now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static PointRecord Two() => new() { Source = "afpacket:eth0", Present = true, Limits = new PointLimits { CapturesMax = 2 } };

    private static CaptureId Id(int n) => new($"local/job-{n}.0");

    private static Reservation Ask(PointRecord point, int n, int minutes = 10) =>
        PointQueue.Reserve(point, new ReservePoint(Id(n), s_now.AddMinutes(minutes))).Answer.Value!;

    [TestMethod]
    public void Grants_up_to_the_limit_and_queues_the_rest_in_order()
    {
        var point = Two();
        Assert.IsTrue(Ask(point, 1).Granted);
        Assert.IsTrue(Ask(point, 2).Granted);
        Assert.AreEqual(1, Ask(point, 3).Position);
        Assert.AreEqual(2, Ask(point, 4).Position);
    }

    [TestMethod]
    public void Asking_again_neither_takes_a_second_place_nor_moves_back()
    {
        var point = Two();
        Ask(point, 1);
        Ask(point, 1);
        Assert.HasCount(1, point.Holders);
        Ask(point, 2);
        Ask(point, 3);
        Ask(point, 4);
        Assert.AreEqual(1, Ask(point, 3).Position);
    }

    [TestMethod]
    public void A_free_place_goes_to_the_first_in_the_queue_not_to_a_newcomer()
    {
        var point = Two();
        for (var i = 1; i <= 4; i++) Ask(point, i);
        Assert.IsTrue(PointQueue.Release(point, Id(1)));
        Assert.IsFalse(Ask(point, 4).Granted);
        Assert.IsFalse(Ask(point, 5).Granted);
        CollectionAssert.AreEqual(new[] { Id(3) }, PointQueue.Next(point).ToArray());
        Assert.IsTrue(Ask(point, 3).Granted);
    }

    [TestMethod]
    public void Places_run_out_unless_renewed()
    {
        var point = Two();
        Ask(point, 1, minutes: 1);
        Ask(point, 2, minutes: 1);
        Ask(point, 2, minutes: 10);
        Assert.IsTrue(PointQueue.Expire(point, s_now.AddMinutes(5)));
        Assert.AreEqual(Id(2), point.Holders.Single().Capture);
        Assert.IsFalse(PointQueue.Expire(point, s_now.AddMinutes(5)));
    }

    [TestMethod]
    public void A_request_that_was_late_on_its_way_does_not_shorten_a_place()
    {
        var point = Two();
        Ask(point, 1, minutes: 60);
        Assert.IsTrue(Ask(point, 1, minutes: 1).Granted);
        Assert.AreEqual(s_now.AddMinutes(60), point.Holders.Single().Until);
    }

    [TestMethod]
    public void An_absent_point_grants_nothing_and_says_why()
    {
        var point = Two();
        point.Present = false;
        var answer = Ask(point, 1);
        Assert.IsFalse(answer.Granted);
        StringAssert.Contains(answer.Reason, "afpacket:eth0");
        Assert.IsEmpty(PointQueue.Next(point));
    }

    [TestMethod]
    public void The_queue_is_bounded()
    {
        var point = Two();
        point.Queue.AddRange(Enumerable.Range(0, PointQueue.QueueMax).Select(i => new Place(new CaptureId($"local/job-q{i}.0"), s_now.AddHours(1))));
        Ask(point, 1);
        var (answer, change) = PointQueue.Reserve(point, new ReservePoint(Id(7), s_now.AddMinutes(1)));
        Assert.AreEqual(ProblemCodes.Overloaded, answer.Problem!.Code);
        Assert.AreEqual(PointChange.None, change);
    }

    [TestMethod]
    public void Waiting_is_told_from_having_a_place()
    {
        var point = Two();
        PointChange Ask(int n, int minutes) => PointQueue.Reserve(point, new ReservePoint(Id(n), s_now.AddMinutes(minutes))).Change;
        Assert.AreEqual(PointChange.Places, Ask(1, 1));
        Assert.AreEqual(PointChange.Places, Ask(2, 1));
        Assert.AreEqual(PointChange.Waits, Ask(3, 1));
        Assert.AreEqual(PointChange.None, Ask(3, 1), "nothing new was said");
        Assert.AreEqual(PointChange.Waits, Ask(3, 2));
        Assert.AreEqual(PointChange.Places, Ask(1, 2));
        PointQueue.Release(point, Id(2));
        Assert.AreEqual(PointChange.Places, Ask(3, 2));
    }

    [TestMethod]
    public void Releasing_what_is_not_there_changes_nothing() => Assert.IsFalse(PointQueue.Release(Two(), Id(9)));
}
