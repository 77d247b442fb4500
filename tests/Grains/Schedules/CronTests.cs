// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.Grains.Schedules;

namespace Tci.Grains.Tests.Schedules;

[TestClass]
public sealed class CronTests
{
    [TestMethod]
    [DataRow("* * * * *", "2026-05-01 00:00|2026-05-01 00:01")]
    [DataRow("30 2 * * *", "2026-05-01 02:30|2026-05-02 02:30")]
    [DataRow("*/20 8-9 * * *", "2026-05-01 08:00|2026-05-01 08:20|2026-05-01 08:40|2026-05-01 09:00")]
    [DataRow("0 0 1 * *", "2026-05-01 00:00|2026-06-01 00:00")]
    [DataRow("0 12 * * mon", "2026-05-04 12:00|2026-05-11 12:00")]
    [DataRow("0 12 * * 7", "2026-05-03 12:00")]
    [DataRow("0 12 * * 0", "2026-05-03 12:00")]
    [DataRow("0 0 29 2 *", "2028-02-29 00:00|2032-02-29 00:00")]
    [DataRow("0 0 13 * 5", "2026-05-01 00:00|2026-05-08 00:00|2026-05-13 00:00")]
    [DataRow("5,10 1 1 jan *", "2027-01-01 01:05|2027-01-01 01:10")]
    [DataRow("0 0 10-20/5 * *", "2026-05-10 00:00|2026-05-15 00:00|2026-05-20 00:00")]
    public void Times_are_as_crontab_says(string expression, string expected)
    {
        var times = expected.Split('|');
        var found = Cron.Parse(expression).Value!.From(new DateOnly(2026, 5, 1)).Take(times.Length).Select(t => t.ToString("yyyy-MM-dd HH:mm"));
        Assert.AreEqual(expected, string.Join('|', found));
    }

    [TestMethod]
    [DataRow("", 0)]
    [DataRow("* * * *", 0)]
    [DataRow("* * * * * *", 0)]
    [DataRow("60 * * * *", 0)]
    [DataRow("* 24 * * *", 2)]
    [DataRow("* * 0 * *", 4)]
    [DataRow("* * 32 * *", 4)]
    [DataRow("* * * 13 *", 6)]
    [DataRow("* * * * 8", 8)]
    [DataRow("* * * * xyz", 8)]
    [DataRow("5-1 * * * *", 0)]
    [DataRow("1,,2 * * * *", 2)]
    [DataRow("*/0 * * * *", 0)]
    [DataRow("1,2,99 * * * *", 4)]
    [DataRow("-1 * * * *", 0)]
    public void Bad_expressions_are_refused_with_the_place(string expression, int position)
    {
        var problem = Cron.Parse(expression).Problem;
        Assert.AreEqual(ProblemCodes.InvalidSchedule, problem?.Code);
        Assert.AreEqual(position, problem?.Position);
    }
}
