// SPDX-License-Identifier: BSD-3-Clause
using Tci.Probe.Engine;

namespace Tci.Probe.Tests.Engine;

[TestClass]
public sealed class RepairPlanTests
{
    [TestMethod]
    public void The_launcher_gets_time_and_attempts_are_bounded()
    {
        var plan = new RepairPlan();
        var now = DateTimeOffset.UnixEpoch;
        Assert.IsFalse(plan.TryTake(now), "The launcher may be at it.");
        var taken = 0;
        for (var second = 1; second <= 600; second++)
        {
            if (!plan.TryTake(now.AddSeconds(second))) continue;
            taken++;
            Assert.IsFalse(plan.TryTake(now.AddSeconds(second + 60)), "One at a time.");
            plan.Over(now.AddSeconds(second));
        }
        Assert.AreEqual(RepairPlan.AttemptsMax, taken);
        Assert.IsTrue(plan.Exhausted);
    }
}
