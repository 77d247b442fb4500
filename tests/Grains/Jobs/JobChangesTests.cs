// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.Grains.Jobs;

namespace Tci.Grains.Tests.Jobs;

/// <summary>Changes to what a job was asked for.</summary>
[TestClass]
public sealed class JobChangesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Caller s_ann = new("ann", "192.0.2.7");

    private static JobSpec Spec => new()
    {
        Name = "evening",
        Points = [new PointId("local/eth0")],
        Limits = new JobLimits { Duration = TimeSpan.FromSeconds(10) },
        Labels = new Dictionary<string, string> { ["a"] = "1" },
    };

    private static JobRecord Job(JobState state) => new()
    {
        Seed = new JobSeed(new JobId("job-a"), "ann", Spec, s_now, null),
        State = state,
        Captures = [new JobCapture { Id = new CaptureId("local/job-a.0"), Point = new PointId("local/eth0"), PlaceUntil = s_now.AddMinutes(1) }],
    };

    [TestMethod]
    [DataRow(JobState.Scheduled)]
    [DataRow(JobState.Paused)]
    [DataRow(JobState.Waiting)]
    public void A_job_that_has_not_started_becomes_what_is_asked_and_asks_for_its_places_anew(JobState state)
    {
        var job = Job(state);
        var order = JobChanges.Change(job, new ChangeJob(Spec with { Priority = JobPriority.High }, s_ann), s_now);
        Assert.IsNull(order.Problem);
        Assert.AreEqual("Changed by ann.", order.Text);
        Assert.AreEqual((JobPriority.High, 1, null), (job.Seed!.Spec.Priority, job.SpecChanges, job.Captures[0].PlaceUntil));
        Assert.AreEqual(JobPriority.Normal, job.Accepted.Spec.Priority, "a repeated submission is compared with what was accepted");
    }

    [TestMethod]
    [DataRow(JobState.Starting)]
    [DataRow(JobState.Capturing)]
    [DataRow(JobState.Done)]
    public void A_job_that_has_started_is_not_changed(JobState state) =>
        Assert.AreEqual(ProblemCodes.Conflict, JobChanges.Change(Job(state), new ChangeJob(Spec with { Name = "x" }, s_ann), s_now).Problem?.Code);

    [TestMethod]
    public void The_same_again_is_no_change()
    {
        var job = Job(JobState.Waiting);
        Assert.AreEqual(JobOrder.Known, JobChanges.Change(job, new ChangeJob(Spec, s_ann), s_now));
        Assert.AreEqual(0, job.SpecChanges);
    }

    [TestMethod]
    public void Other_points_a_late_start_and_bad_limits_are_refused_and_change_nothing()
    {
        var job = Job(JobState.Waiting);
        foreach (var (spec, field) in new[]
        {
            (Spec with { Points = [new PointId("local/eth1")] }, "points"),
            (Spec with { StartAt = s_now.AddHours(1) }, "startAt"),
            (Spec with { Limits = new JobLimits() }, "limits"),
        })
            Assert.AreEqual(field, JobChanges.Change(job, new ChangeJob(spec, s_ann), s_now).Problem?.Field);
        Assert.AreEqual((0, null), (job.SpecChanges, job.AskedFirst));
    }

    [TestMethod]
    public void Labels_are_set_and_removed_in_any_state_until_the_job_is_deleted()
    {
        var job = Job(JobState.Done);
        var labels = new Dictionary<string, string?> { ["a"] = null, ["b"] = "2" };
        Assert.IsNotNull(JobChanges.Label(job, new LabelJob(labels, s_ann)).Text);
        Assert.AreEqual("b=2", string.Join(',', job.Seed!.Spec.Labels.Select(l => $"{l.Key}={l.Value}")));
        Assert.AreEqual(JobOrder.Known, JobChanges.Label(job, new LabelJob(labels, s_ann)));
        Assert.AreEqual("labels", JobChanges.Label(job, new LabelJob(new Dictionary<string, string?> { ["\n"] = "x" }, s_ann)).Problem?.Field);
        job.Deleted = s_now;
        Assert.AreEqual(ProblemCodes.Conflict, JobChanges.Label(job, new LabelJob(new Dictionary<string, string?> { ["c"] = "3" }, s_ann)).Problem?.Code);
    }
}
