// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.Grains.Jobs;
using Tci.Grains.Jobs.Phases;

namespace Tci.Grains.Tests.Jobs.Phases;

/// <summary>A job that starts keeps its place, or goes back to the queue.</summary>
[TestClass]
public sealed class StartingTests
{
    private static readonly PointId s_point = new("local/eth0");
    private static readonly Reservation s_granted = new(true, "afpacket:eth0", 0, null);
    private static readonly Reservation s_queued = new(false, "afpacket:eth0", 2, "1 capture runs on the point; position 2 in the point's queue.");

    public static IEnumerable<object[]> Answers =>
    [
        [(Answer<Reservation>)s_granted, false],
        [(Answer<Reservation>)new Problem(ProblemCodes.Unreachable, "away"), false],
        [(Answer<Reservation>)s_queued, true],
        [(Answer<Reservation>)new Problem(ProblemCodes.LimitInvalid, "too much"), true],
    ];

    [TestMethod]
    [DynamicData(nameof(Answers))]
    public async Task A_place_that_ran_out_sends_it_back_to_the_queue(Answer<Reservation> answer, bool goesBack)
    {
        var job = Job();
        var capture = new CaptureView { Id = job.Captures[0].Id, State = CaptureState.Arming };
        var called = new List<string>();
        var grains = new PokedGrains(called, (nameof(IPoint.Reserve), Task.FromResult(answer)), (nameof(ICapture.Arm), Task.FromResult<Answer<CaptureView>>(capture)));
        await new Starting().Step(new JobWork(job, grains, new JobOptions(), TimeProvider.System));
        Assert.AreEqual(goesBack, job.RequeueRequested);
        Assert.AreEqual(!goesBack, called.Contains(capture.Id.Value), "nothing is armed without a place");
        if (goesBack) Assert.IsInstanceOfType<Requeueing>(JobPhases.Of(job));
    }

    private static JobRecord Job()
    {
        var spec = new JobSpec { Name = "n", Points = [s_point], Limits = new JobLimits { Duration = TimeSpan.FromMinutes(1) } };
        var now = TimeProvider.System.GetUtcNow();
        return new JobRecord
        {
            Seed = new JobSeed(new JobId("job-a"), "alice", spec, now, null),
            State = JobState.Starting,
            Deadline = now.AddSeconds(30),
            Captures = [new JobCapture { Id = new CaptureId("local/job-a.0"), Point = s_point, Source = "afpacket:eth0", HoldsPlace = true, PlaceUntil = now }],
        };
    }
}
