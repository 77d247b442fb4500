// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Tests.Jobs;

[TestClass]
public sealed class CancelJobTests
{
    private Server _server = null!;

    [TestInitialize]
    public async Task Start() => _server = await Server.Start(new ApiOptions { GrainDeadline = TimeSpan.FromMilliseconds(300) });

    [TestCleanup]
    public async Task Stop() => await _server.DisposeAsync();

    private Task<HttpResponseMessage> Cancel(string id) => _server.Client.PostAsync($"/api/v1/jobs/{id}/cancel", null);

    [TestMethod]
    [DataRow(JobState.Capturing, 202)]
    [DataRow(JobState.Cancelled, 200)]
    public async Task An_accepted_cancellation_says_whether_it_is_done_and_is_audited(JobState after, int status)
    {
        await Samples.Store(_server, JobState.Capturing);
        Caller? by = null;
        _server.Grains.OnCancel = (_, request) =>
        {
            by = request.By;
            return FakeGrains.Answers<JobView>(Samples.View(after) with { CancelRequested = true });
        };
        Assert.AreEqual(status, (int)(await Cancel("job-a")).StatusCode);
        Assert.AreEqual(new Caller("admin", "127.0.0.1"), by);
        Assert.AreEqual("admin job.cancel job-a accepted", _server.Audit()[^1]);
    }

    [TestMethod]
    public async Task A_refused_cancellation_is_audited_too()
    {
        await Samples.Store(_server, JobState.Done);
        _server.Grains.OnCancel = (_, _) => FakeGrains.Answers<JobView>(new Problem(ProblemCodes.Conflict, "It is Done."));
        await Server.Problem(await Cancel("job-a"), 409, ProblemCodes.Conflict);
        Assert.AreEqual("admin job.cancel job-a conflict", _server.Audit()[^1]);
    }

    [TestMethod]
    public async Task A_job_that_does_not_answer_is_503_and_audited_as_such()
    {
        await Samples.Store(_server, JobState.Capturing);
        _server.Grains.OnCancel = (_, _) => FakeGrains.Never<JobView>();
        await Server.Problem(await Cancel("job-a"), 503, ProblemCodes.Unreachable);
        Assert.AreEqual("admin job.cancel job-a unreachable", _server.Audit()[^1]);
    }

    [TestMethod]
    public async Task An_unknown_job_is_404() => await Server.Problem(await Cancel("job-none"), 404, ProblemCodes.NotFound);
}
