// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Tests.Jobs;

[TestClass]
public sealed class JobCommandTests
{
    private Server _server = null!;

    [TestInitialize]
    public async Task Start() => _server = await Server.Start(new ApiOptions { GrainDeadline = TimeSpan.FromMilliseconds(500) });

    [TestCleanup]
    public async Task Stop() => await _server.DisposeAsync();

    [TestMethod]
    public async Task An_order_carries_the_version_and_one_that_comes_too_late_is_412()
    {
        await Samples.Store(_server, JobState.Waiting);
        _server.Grains.OnGetJob = _ => FakeGrains.Answers<JobView>(Samples.View(JobState.Waiting, 4));
        _server.Grains.OnOrder = (_, order) => FakeGrains.Answers<JobView>(
            new Problem(ProblemCodes.Conflict, $"The version is 5 by now, not {((PauseJob)order).IfVersion}.", Field: OrderFields.IfVersion));
        var problem = await Server.Problem(await Order("pause", ("If-Match", "\"3\", \"4\"")), 412, ProblemCodes.Conflict);
        Assert.AreEqual(("If-Match", "The version is 5 by now, not 4."), ((string?)problem["field"], (string?)problem["detail"]));
    }

    private Task<HttpResponseMessage> Order(string command, params (string, string)[] headers) => command == "delete"
        ? _server.Send(HttpMethod.Delete, "/api/v1/jobs/job-a", null, headers)
        : _server.Send(HttpMethod.Post, $"/api/v1/jobs/job-a/{command}", command == "process" ? """{"processing":[{"processor":"flows"}]}""" : null, headers);

    [TestMethod]
    [DataRow("pause", JobState.Waiting, JobState.Waiting, 202, typeof(PauseJob))]
    [DataRow("pause", JobState.Waiting, JobState.Paused, 200, typeof(PauseJob))]
    [DataRow("resume", JobState.Paused, JobState.Scheduled, 200, typeof(ResumeJob))]
    [DataRow("stop", JobState.Capturing, JobState.Capturing, 202, typeof(StopJob))]
    [DataRow("stop", JobState.Capturing, JobState.Collecting, 200, typeof(StopJob))]
    [DataRow("process", JobState.Done, JobState.Done, 200, typeof(ProcessJob))]
    [DataRow("delete", JobState.Done, JobState.Done, 200, typeof(DeleteJob))]
    public async Task An_order_reaches_the_job_says_whether_it_is_done_and_is_audited(string command, JobState before, JobState after, int status, Type request)
    {
        await Samples.Store(_server, before);
        object? ordered = null;
        _server.Grains.OnOrder = (_, order) =>
        {
            ordered = order;
            return FakeGrains.Answers<JobView>(Samples.View(after, 4));
        };
        var response = await Order(command);
        Assert.AreEqual(status, (int)response.StatusCode, await response.Content.ReadAsStringAsync());
        Assert.AreEqual("\"4\"", response.Headers.ETag!.Tag);
        Assert.AreEqual(request, ordered!.GetType());
        Assert.AreEqual(new Caller("admin", "127.0.0.1"), request.GetProperty("By")!.GetValue(ordered));
        Assert.AreEqual($"admin job.{command} job-a accepted", _server.Audit()[^1]);
    }

    [TestMethod]
    [DataRow("pause")]
    [DataRow("resume")]
    [DataRow("stop")]
    [DataRow("process")]
    [DataRow("delete")]
    public async Task What_the_job_refuses_is_passed_on_and_audited(string command)
    {
        await Samples.Store(_server, JobState.Done);
        _server.Grains.OnOrder = (_, _) => FakeGrains.Answers<JobView>(new Problem(ProblemCodes.Conflict, "Not now."));
        await Server.Problem(await Order(command), 409, ProblemCodes.Conflict);
        Assert.AreEqual($"admin job.{command} job-a conflict", _server.Audit()[^1]);
    }

    [TestMethod]
    [DataRow("cancel")]
    [DataRow("pause")]
    [DataRow("resume")]
    [DataRow("stop")]
    [DataRow("process")]
    [DataRow("delete")]
    public async Task Another_version_than_the_one_named_is_412_and_nothing_is_ordered(string command)
    {
        await Samples.Store(_server, JobState.Waiting);
        _server.Grains.OnGetJob = _ => FakeGrains.Answers<JobView>(Samples.View(JobState.Waiting, 7));
        var problem = await Server.Problem(await Order(command, ("If-Match", "\"6\", W/\"7\"")), 412, ProblemCodes.Conflict);
        Assert.Contains("\"7\"", (string)problem["detail"]!);
        Assert.AreEqual($"admin job.{command} job-a conflict", _server.Audit()[^1]);
        await Server.Problem(await Order(command, ("If-Match", "7")), 400, ProblemCodes.InvalidRequest);
    }

    [TestMethod]
    [DataRow("\"7\"")]
    [DataRow("\"1\", \"7\"")]
    [DataRow("*")]
    public async Task The_version_that_is_named_lets_the_order_through(string match)
    {
        await Samples.Store(_server, JobState.Waiting);
        _server.Grains.OnGetJob = _ => FakeGrains.Answers<JobView>(Samples.View(JobState.Waiting, 7));
        _server.Grains.OnOrder = (_, _) => FakeGrains.Answers<JobView>(Samples.View(JobState.Paused, 8));
        Assert.AreEqual(200, (int)(await Order("pause", ("If-Match", match))).StatusCode);
    }

    [TestMethod]
    public async Task The_idempotency_key_names_a_request_for_processing_and_without_one_each_is_another()
    {
        await Samples.Store(_server, JobState.Done);
        var keys = new List<string>();
        _server.Grains.OnOrder = (_, order) =>
        {
            keys.Add(((ProcessJob)order).Key);
            Assert.AreEqual("flows", ((ProcessJob)order).Steps.Single().Processor);
            var run = new JobRunView(new RunId("local/job-a.0.100"), "flows", RunState.Pending, 0, null);
            return FakeGrains.Answers<JobView>(Samples.View(JobState.Done, 4) with { Runs = [run] });
        };
        Assert.AreEqual(202, (int)(await Order("process", ("Idempotency-Key", "k-1"))).StatusCode);
        await Order("process");
        await Order("process");
        Assert.AreEqual("k-1", keys[0]);
        Assert.AreEqual(3, keys.Distinct().Count());
        var problem = await Server.Problem(await Order("process", ("Idempotency-Key", new string('k', 101))), 400, ProblemCodes.InvalidRequest);
        Assert.AreEqual("Idempotency-Key", (string?)problem["field"]);
    }

    [TestMethod]
    [DataRow("{}", "processing")]
    [DataRow("""{"processing":[{"processor":"flows","more":1}]}""", "processing[0].more")]
    [DataRow("""{"processing":[{}]}""", "processing[0].processor")]
    public async Task Processing_that_cannot_be_read_is_refused_with_the_field_and_audited(string body, string field)
    {
        await Samples.Store(_server, JobState.Done);
        var problem = await Server.Problem(await _server.Post("/api/v1/jobs/job-a/process", body), 400, ProblemCodes.InvalidRequest);
        Assert.AreEqual(field, (string?)problem["field"]);
        Assert.AreEqual("admin job.process job-a invalid-request", _server.Audit()[^1]);
    }

    [TestMethod]
    public async Task A_final_job_that_is_processed_again_is_asked_for_its_progress()
    {
        var run = new JobRunView(new RunId("local/job-a.0.100"), "flows", RunState.Running, 0, null);
        await _server.Jobs.Create(new JobSeed(Samples.Job, "ann", Samples.Spec(), Samples.Noon, null), Samples.Ann);
        await _server.Jobs.Record(Samples.View(JobState.Done) with { Runs = [run] }, null, [], null);
        _server.Grains.OnGetJob = _ => FakeGrains.Answers<JobView>(Samples.View(JobState.Done) with { Runs = [run with { Progress = 0.5 }] });
        var response = await _server.Get("/api/v1/jobs/job-a", ("If-None-Match", "\"3\""));
        Assert.AreEqual(0.5, (double)(await Server.Json(response))["runs"]![0]!["progress"]!);
    }
}
