// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Tests.Jobs;

[TestClass]
public sealed class ReadJobTests
{
    private Server _server = null!;

    [TestInitialize]
    public async Task Start() => _server = await Server.Start(new ApiOptions
    {
        GrainDeadline = TimeSpan.FromMilliseconds(500),
        CountersDeadline = TimeSpan.FromMilliseconds(200),
        CountersEvery = TimeSpan.FromMinutes(1),
    });

    [TestCleanup]
    public async Task Stop() => await _server.DisposeAsync();

    [TestMethod]
    public async Task A_job_is_shown_as_its_entity_knows_it()
    {
        await Samples.Store(_server, JobState.Waiting, version: 1);
        _server.Grains.OnGetJob = _ => FakeGrains.Answers<JobView>(Samples.View(JobState.Starting, 2));
        var response = await _server.Get("/api/v1/jobs/job-a");
        Assert.AreEqual("Starting", (string?)(await Server.Json(response))["state"]);
        Assert.AreEqual("\"2\"", response.Headers.ETag!.Tag);
        Assert.IsFalse(response.Headers.Contains("Tci-State"));
        Assert.AreEqual(304, (int)(await _server.Get("/api/v1/jobs/job-a", ("If-None-Match", "\"2\""))).StatusCode);
        Assert.AreEqual(200, (int)(await _server.Get("/api/v1/jobs/job-a", ("If-None-Match", "\"1\""))).StatusCode);
    }

    [TestMethod]
    public async Task Where_the_entity_is_away_the_stored_job_is_shown_and_said_to_be()
    {
        await Samples.Store(_server, JobState.Waiting);
        foreach (var failure in new Func<JobId, Task<Answer<JobView>>>[]
        {
            _ => FakeGrains.Never<JobView>(),
            _ => throw new TimeoutException("gateway"),
            _ => FakeGrains.Answers<JobView>(new Problem(ProblemCodes.Unreachable, "away")),
        })
        {
            _server.Grains.OnGetJob = failure;
            var response = await _server.Get("/api/v1/jobs/job-a");
            Assert.AreEqual("stored", response.Headers.GetValues("Tci-State").Single());
            Assert.AreEqual("Waiting", (string?)(await Server.Json(response))["state"]);
        }
    }

    [TestMethod]
    public async Task Another_problem_of_the_entity_is_answered()
    {
        await Samples.Store(_server, JobState.Waiting);
        _server.Grains.OnGetJob = _ => FakeGrains.Answers<JobView>(new Problem(ProblemCodes.StoreUnavailable, "…"));
        await Server.Problem(await _server.Get("/api/v1/jobs/job-a"), 503, ProblemCodes.StoreUnavailable);
    }

    [TestMethod]
    public async Task A_final_job_comes_from_the_store_without_asking_anyone()
    {
        await Samples.Store(_server, JobState.Done);
        Assert.AreEqual("Done", (string?)(await _server.GetJson("/api/v1/jobs/job-a"))["state"]);
    }

    [TestMethod]
    [DataRow("/api/v1/jobs/job-none")]
    [DataRow("/api/v1/jobs/nonsense")]
    [DataRow("/api/v1/jobs/job-a%2F..%2Fb")]
    [DataRow("/api/v1/jobs/job-none/dataset")]
    [DataRow("/api/v1/jobs/job-none/manifest")]
    [DataRow("/api/v1/jobs/job-none/files/x")]
    [DataRow("/api/v1/jobs/job-none/events")]
    public async Task An_unknown_job_is_404_and_wakes_nobody(string path)
    {
        await Server.Problem(await _server.Get(path), 404, ProblemCodes.NotFound);
    }

    [TestMethod]
    public async Task While_it_captures_live_counters_are_merged_in_and_asked_for_once_for_all_viewers()
    {
        var asked = 0;
        await Samples.Store(_server, JobState.Capturing);
        _server.Grains.OnGetJob = _ => FakeGrains.Answers<JobView>(Samples.View(JobState.Capturing));
        _server.Grains.OnCapture = async id =>
        {
            Interlocked.Increment(ref asked);
            await Task.Yield();
            return new CaptureView { Id = id, State = CaptureState.Capturing, Counters = Samples.Counters(42) };
        };
        var views = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _server.GetJson("/api/v1/jobs/job-a")));
        Assert.IsTrue(views.All(v => (long?)v["captures"]![0]!["counters"]!["stored"]!["packets"] == 42));
        Assert.AreEqual(1, asked);
    }

    [TestMethod]
    public async Task Counters_are_asked_for_again_after_their_time()
    {
        await using var server = await Server.Start(new ApiOptions { CountersEvery = TimeSpan.FromMilliseconds(1) });
        var asked = 0;
        await Samples.Store(server, JobState.Capturing);
        server.Grains.OnGetJob = _ => FakeGrains.Answers<JobView>(Samples.View(JobState.Capturing));
        server.Grains.OnCapture = id => FakeGrains.Answers<CaptureView>(new CaptureView { Id = id, State = CaptureState.Capturing, Counters = Samples.Counters(++asked) });
        await server.GetJson("/api/v1/jobs/job-a");
        await Task.Delay(20);
        Assert.AreEqual(2, (long?)(await server.GetJson("/api/v1/jobs/job-a"))["captures"]![0]!["counters"]!["stored"]!["packets"]);
    }

    [TestMethod]
    public async Task A_capture_that_does_not_answer_is_said_to_be_unreachable_and_keeps_what_was_known()
    {
        var known = Samples.View(JobState.Capturing);
        known = known with { Captures = [known.Captures[0] with { Counters = Samples.Counters(5) }] };
        await Samples.Store(_server, JobState.Capturing);
        _server.Grains.OnGetJob = _ => FakeGrains.Answers<JobView>(known);
        _server.Grains.OnCapture = _ => FakeGrains.Never<CaptureView>();
        var capture = (await _server.GetJson("/api/v1/jobs/job-a"))["captures"]![0]!;
        Assert.AreEqual("unreachable", (string?)capture["problem"]!["code"]);
        Assert.AreEqual(5, (long?)capture["counters"]!["stored"]!["packets"]);
    }
}
