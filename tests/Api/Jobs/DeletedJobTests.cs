// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Tests.Jobs;

[TestClass]
public sealed class DeletedJobTests
{
    private Server _server = null!;

    [TestInitialize]
    public async Task Start()
    {
        _server = await Server.Start();
        await Samples.Store(_server, JobState.Done, [Samples.Event(1, JobState.Done)]);
    }

    [TestCleanup]
    public async Task Stop() => await _server.DisposeAsync();

    private static JobView Deleted(CaptureState capture)
    {
        var view = Samples.View(JobState.Done, 4) with { Deleted = Samples.Noon.AddDays(1), Ended = Samples.Noon.AddMinutes(1) };
        return view with { Captures = [view.Captures[0] with { State = capture }] };
    }

    private async Task<Answer<JobView>> Delete(CaptureState capture)
    {
        await _server.Jobs.Record(Deleted(capture), null, [Samples.Event(2, JobState.Done, "Deleted by admin.")], null);
        return Deleted(capture);
    }

    [TestMethod]
    [DataRow(CaptureState.Collected, 202)]
    [DataRow(CaptureState.Cancelled, 200)]
    public async Task Deleting_says_whether_all_data_is_gone_and_can_be_repeated(CaptureState left, int status)
    {
        _server.Grains.OnOrder = (_, _) => Delete(left);
        for (var i = 0; i < 2; i++) Assert.AreEqual(status, (int)(await _server.Send(HttpMethod.Delete, "/api/v1/jobs/job-a")).StatusCode);
        Assert.AreEqual("admin job.delete job-a accepted", _server.Audit()[^1]);
    }

    [TestMethod]
    public async Task A_deleted_job_is_410_with_what_remains_of_it_and_in_no_list()
    {
        await Delete(CaptureState.Cancelled);
        var problem = await Server.Problem(await _server.Get("/api/v1/jobs/job-a"), 410, ProblemCodes.NotFound);
        var deleted = problem["deleted"]!;
        Assert.AreEqual(Samples.Noon.AddDays(1), (DateTimeOffset)deleted["at"]!);
        Assert.AreEqual(("evening", "ann", "Done"), ((string?)deleted["name"], (string?)deleted["owner"], (string?)deleted["state"]));
        Assert.AreEqual((Samples.Noon, Samples.Noon.AddMinutes(1)), ((DateTimeOffset)deleted["created"]!, (DateTimeOffset)deleted["ended"]!));
        Assert.IsEmpty((await _server.GetJson("/api/v1/jobs"))["items"]!.AsArray());
    }

    [TestMethod]
    public async Task A_job_that_was_deleted_a_moment_ago_is_410_before_the_store_knows()
    {
        await _server.Jobs.Record(Samples.View(JobState.Capturing, 4), null, [], null);
        _server.Grains.OnGetJob = _ => FakeGrains.Answers<JobView>(Deleted(CaptureState.Collected));
        await Server.Problem(await _server.Get("/api/v1/jobs/job-a"), 410, ProblemCodes.NotFound);
    }

    [TestMethod]
    [DataRow("GET", "dataset")]
    [DataRow("GET", "manifest")]
    [DataRow("GET", "files/flow.csv")]
    [DataRow("POST", "cancel")]
    [DataRow("POST", "pause")]
    [DataRow("POST", "run-again")]
    public async Task What_it_had_and_could_do_is_410_too(string method, string what)
    {
        await Delete(CaptureState.Cancelled);
        var problem = await Server.Problem(await _server.Send(new HttpMethod(method), $"/api/v1/jobs/job-a/{what}"), 410, ProblemCodes.NotFound);
        Assert.IsNotNull(problem["deleted"]);
        if (method == "POST") Assert.AreEqual($"admin job.{what} job-a not-found", _server.Audit()[^1]);
    }

    [TestMethod]
    public async Task Its_history_can_still_be_read()
    {
        await Delete(CaptureState.Cancelled);
        Assert.AreEqual("Deleted by admin.", (string?)(await _server.GetJson("/api/v1/jobs/job-a/events?after=1"))["items"]![0]!["text"]);
    }
}
