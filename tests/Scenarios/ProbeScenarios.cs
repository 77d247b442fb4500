// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.Scenarios.Hosts;

namespace Tci.Scenarios;

/// <summary>Probes that are there, away and back. The one that goes away is a voice only: its reports are the scenario's.</summary>
public abstract class ProbeScenarios : Scenario
{
    private static readonly ProbeId s_far = new("far");
    private static readonly PointId s_point = new("far/eth9");
    private static readonly ProbeSource s_source = new("eth9", "afpacket:eth9", "up, 10 Gbit/s");

    [TestMethod]
    public async Task A_probe_says_what_it_is_and_how_it_is()
    {
        ProbeView? probe = null;
        await Until(async () => (probe = (await Host.Catalog.Probes()).SingleOrDefault(p => p.Id == ScenarioHost.Probe)) is { Present: true }, () => "No report is in the catalog.");
        Assert.IsNotEmpty(probe!.Version);
        Assert.IsNotEmpty(probe.EngineVersion!);
        Assert.IsNotEmpty(probe.Host);
        Assert.IsGreaterThan(0, probe.DiskFreeBytes);
        Assert.IsGreaterThanOrEqualTo(0, probe.Load);
        Assert.IsLessThan(TimeSpan.FromSeconds(5), probe.ClockOffset!.Value.Duration());
    }

    [TestMethod]
    public async Task A_probe_that_falls_silent_is_away_and_back_with_its_next_report()
    {
        await Report();
        Assert.IsTrue((await Point(s_point)).Present);
        var seen = (await Far()).LastSeen;
        Host.Jump(TimeSpan.FromSeconds(30));
        await Until(async () => !(await Far()).Present, () => "It is never away.");
        Assert.AreEqual(seen, (await Far()).AwaySince);
        await Until(async () => (await Host.Catalog.Points()).Single(p => p.Id == s_point) is { Present: false, AbsentSince: not null }, () => "Its point does not say so.");
        await Report();
        Assert.AreEqual((true, null), ((await Far()).Present, (await Far()).AwaySince));
        await Until(async () => (await Host.Catalog.Points()).Single(p => p.Id == s_point) is { Present: true, AbsentSince: null }, () => "Its point does not say so.");
        Assert.IsTrue((await Host.Catalog.Probes()).Single(p => p.Id == s_far).Present);
    }

    [TestMethod]
    public async Task A_job_on_a_probe_that_is_away_waits_and_says_so()
    {
        await Report();
        Host.Jump(TimeSpan.FromSeconds(30));
        await Until(async () => !(await Point(s_point)).Present, () => "It is never away.");
        var job = await Submit("job-far", Spec(s_point));
        StringAssert.Contains((await Until(job, j => j.Waits is not null)).Waits, "The probe does not have afpacket:eth9 now; position 1");
        await CancelAll(job);
    }

    [TestMethod]
    public async Task A_source_that_vanishes_makes_its_point_absent_until_it_is_there_again()
    {
        await Report();
        await Host.Grains.Probe(s_far).Report(ReportOf() with { Sources = [] });
        var absent = await Point(s_point);
        Assert.IsFalse(absent.Present);
        Assert.IsNotNull(absent.AbsentSince);
        Assert.IsTrue((await Far()).Present);
        await Report();
        Assert.IsTrue((await Point(s_point)).Present);
    }

    [TestMethod]
    public async Task A_point_that_was_removed_stays_so_when_its_probe_reports_it()
    {
        await Report();
        await Host.Grains.Point(s_point).Remove(new RemovePoint(Alice));
        await Report();
        Assert.IsTrue((await Point(s_point)).Removed);
    }

    [TestMethod]
    public async Task Captures_that_no_job_wants_are_listed_as_orphans()
    {
        var ghost = new CaptureId(s_far, new JobId("job-ghost"), 0);
        await Host.Grains.Probe(s_far).Report(ReportOf() with { Captures = [ghost] });
        CollectionAssert.AreEqual(new[] { ghost }, (await Far()).Orphans.ToArray());
        CollectionAssert.AreEqual(new[] { ghost }, (await Host.Catalog.Probes()).Single(p => p.Id == s_far).Orphans.ToArray());
        await Report();
        Assert.IsEmpty((await Far()).Orphans);
    }

    [TestMethod]
    public async Task A_probe_whose_clock_is_off_by_an_hour_says_so_and_gets_no_captures()
    {
        await Host.Grains.Probe(s_far).Report(ReportOf() with { At = Host.Now.AddHours(1) });
        Assert.IsInRange(TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(61), (await Far()).ClockOffset!.Value);
        var job = await Submit("job-far", Spec(s_point));
        await Until(job, j => j.Waits?.Contains("clock of the probe far is off by", StringComparison.Ordinal) == true);
        await CancelAll(job);
    }

    [TestMethod]
    public async Task A_probe_without_room_makes_jobs_wait_and_what_runs_has_its_bytes_set_aside()
    {
        await Host.Grains.Probe(s_far).Report(ReportOf() with { DiskFreeBytes = 1L << 30 });
        var (one, two) = (new CaptureId(s_far, new JobId("job-one"), 0), new CaptureId(s_far, new JobId("job-two"), 0));
        var probe = Host.Grains.Probe(s_far);
        Assert.IsTrue((await probe.ReserveDisk(new ReserveDisk(one, 600L << 20, Host.Now.AddHours(1)))).Value!.Granted);
        StringAssert.Contains((await probe.ReserveDisk(new ReserveDisk(two, 600L << 20, Host.Now.AddHours(1)))).Value!.Reason, "bytes of disk on its probe");
        Assert.AreEqual(600L << 20, (await Far()).DiskReservedBytes);
        await probe.ReleaseDisk(new ReleaseDisk(one));
        Assert.IsTrue((await probe.ReserveDisk(new ReserveDisk(two, 600L << 20, Host.Now.AddHours(1)))).Value!.Granted);
    }

    private ProbeReport ReportOf() => new("far.example.net", "0.1.0", 1L << 40, [s_source], Host.Now, "0.1.0");

    private async Task Report()
    {
        var answer = await Host.Grains.Probe(s_far).Report(ReportOf());
        Assert.IsTrue(answer.Ok, answer.Problem?.Message);
    }

    private async Task<ProbeView> Far() => (await Host.Grains.Probe(s_far).Get(new GetProbe())).Value!;
}
