// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.Grains.Schedules;

namespace Tci.Grains.Tests.Schedules;

[TestClass]
public sealed class ScheduleTimesTests
{
    private static readonly DateTimeOffset s_created = new(2026, 3, 1, 10, 30, 0, TimeSpan.Zero);

    private static ScheduleSpec Spec(string? cron = null, TimeSpan? every = null, string zone = "UTC") => new()
    {
        Name = "s",
        Job = new JobSpec { Name = "j", Points = [new PointId("local/a")], Limits = new JobLimits { Packets = 1 } },
        Cron = cron,
        Every = every,
        TimeZone = zone,
    };

    [TestMethod]
    public void An_interval_counts_from_its_begin()
    {
        var spec = Spec(every: TimeSpan.FromHours(1));
        Assert.AreEqual(s_created, ScheduleTimes.After(spec, s_created, s_created.AddTicks(-1)));
        Assert.AreEqual(s_created.AddHours(1), ScheduleTimes.After(spec, s_created, s_created));
        Assert.AreEqual(s_created.AddHours(5), ScheduleTimes.After(spec, s_created, s_created.AddHours(4.5)));
    }

    [TestMethod]
    public void From_and_until_are_kept()
    {
        var spec = Spec(every: TimeSpan.FromHours(1)) with { From = s_created.AddDays(1), Until = s_created.AddDays(1).AddHours(2) };
        Assert.AreEqual(spec.From, ScheduleTimes.After(spec, s_created, s_created));
        Assert.AreEqual(spec.Until, ScheduleTimes.After(spec, s_created, spec.From!.Value.AddHours(1.5)));
        Assert.IsNull(ScheduleTimes.After(spec, s_created, spec.Until!.Value));
    }

    [TestMethod]
    public void A_time_that_the_clocks_skip_is_left_out()
    {
        // In Prague 2026-03-29 02:30 does not exist.
        var spec = Spec(cron: "30 2 * * *", zone: "Europe/Prague");
        var before = ScheduleTimes.After(spec, s_created, new DateTimeOffset(2026, 3, 28, 0, 0, 0, TimeSpan.Zero));
        Assert.AreEqual(new DateTimeOffset(2026, 3, 28, 1, 30, 0, TimeSpan.Zero), before);
        Assert.AreEqual(new DateTimeOffset(2026, 3, 30, 0, 30, 0, TimeSpan.Zero), ScheduleTimes.After(spec, s_created, before!.Value));
    }

    [TestMethod]
    public void A_time_that_exists_twice_is_taken_once()
    {
        // In Prague 2026-10-25 02:30 exists at 00:30 and 01:30 UTC.
        var spec = Spec(cron: "30 2 * * *", zone: "Europe/Prague");
        var first = ScheduleTimes.After(spec, s_created, new DateTimeOffset(2026, 10, 24, 12, 0, 0, TimeSpan.Zero));
        Assert.AreEqual(new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero), first);
        Assert.AreEqual(new DateTimeOffset(2026, 10, 26, 1, 30, 0, TimeSpan.Zero), ScheduleTimes.After(spec, s_created, first!.Value));
    }

    [TestMethod]
    public void Missed_starts_are_counted_up_to_a_bound()
    {
        var spec = Spec(every: TimeSpan.FromMinutes(1));
        var (count, last) = ScheduleTimes.Between(spec, s_created, s_created, s_created.AddMinutes(10), 1000);
        Assert.AreEqual(10, count);
        Assert.AreEqual(s_created.AddMinutes(10), last);
        Assert.AreEqual(3, ScheduleTimes.Between(spec, s_created, s_created, s_created.AddMinutes(10), 3).Count);
    }

    public static IEnumerable<object?[]> Bad() =>
    [
        ["neither", Spec(), "every"],
        ["both", Spec(cron: "* * * * *", every: TimeSpan.FromHours(1)), "every"],
        ["every second", Spec(every: TimeSpan.FromSeconds(1)), "every"],
        ["never fires", Spec(cron: "0 0 31 2 *"), "cron"],
        ["no such zone", Spec(cron: "0 0 * * *", zone: "Mars/Olympus"), "timeZone"],
        ["over already", Spec(every: TimeSpan.FromHours(1)) with { Until = s_created.AddDays(-1) }, "until"],
        ["zero jobs", Spec(every: TimeSpan.FromHours(1)) with { CountMax = 0 }, "countMax"],
        ["a job with a start", Spec(every: TimeSpan.FromHours(1)) with { Job = Spec().Job with { StartAt = s_created } }, "job.startAt"],
        ["a bad job", Spec(every: TimeSpan.FromHours(1)) with { Job = Spec().Job with { Limits = new JobLimits() } }, "job.limits"],
        ["no name", Spec(every: TimeSpan.FromHours(1)) with { Name = "" }, "name"],
    ];

    [TestMethod]
    [DynamicData(nameof(Bad))]
    public void Bad_schedules_are_named(string what, ScheduleSpec spec, string field) => Assert.AreEqual(field, ScheduleRules.Check(spec, s_created)?.Field, what);

    [TestMethod]
    public void A_good_schedule_passes() => Assert.IsNull(ScheduleRules.Check(Spec(cron: "0 3 * * mon-fri", zone: "America/New_York"), s_created));
}
