// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.Grains.Jobs;

namespace Tci.Grains.Tests.Jobs;

[TestClass]
public sealed class JobOutcomeTests
{
    [TestMethod]
    [DataRow(false, false, null)]
    [DataRow(true, false, ProblemCodes.PacketsDropped)]
    [DataRow(true, true, ProblemCodes.PacketsDropped)]
    public void Drops_fail_a_job_that_accepts_none(bool drops, bool overload, string? code) =>
        Assert.AreEqual(code, JobOutcome.Dropped(Job(new JobStrictness { Drops = drops, Overload = overload }, dropped: 3, overloaded: true))?.Code);

    [TestMethod]
    [DataRow(false, null)]
    [DataRow(true, ProblemCodes.EngineOverloaded)]
    public void Overload_fails_a_job_that_accepts_none(bool overload, string? code) =>
        Assert.AreEqual(code, JobOutcome.Overloaded(Job(new JobStrictness { Overload = overload }, dropped: 0, overloaded: true))?.Code);

    [TestMethod]
    public void Without_drops_and_overload_the_strictest_job_does_not_fail()
    {
        var job = Job(new JobStrictness { Drops = true, Overload = true }, dropped: 0, overloaded: false);
        Assert.IsNull(JobOutcome.Dropped(job) ?? JobOutcome.Overloaded(job));
    }

    private static JobRecord Job(JobStrictness failOn, long dropped, bool overloaded)
    {
        var point = new PointId("local/eth0");
        var spec = new JobSpec { Name = "n", Points = [point], Limits = new JobLimits { Packets = 1 }, FailOn = failOn };
        var counters = new CaptureCounters
        {
            Seen = new Traffic(10, 1000),
            Stored = new Traffic(10 - dropped, 700),
            OutsideWindow = Traffic.None,
            Filtered = Traffic.None,
            SampledOut = Traffic.None,
            Cut = Traffic.None,
            Dropped = new Dictionary<string, Traffic> { ["kernel"] = new(dropped, 300) },
            InFlight = Traffic.None,
        };
        var capture = new JobCapture { Id = new CaptureId("local/job-a.0"), Point = point, Counters = counters, Overload = overloaded ? new CaptureOverload(Now: false, 1) : null };
        return new JobRecord { Seed = new JobSeed(new JobId("job-a"), "alice", spec, DateTimeOffset.UnixEpoch, null), Captures = [capture] };
    }
}
