// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Tests.Jobs;

[TestClass]
public sealed class RunAgainTests
{
    private const string Path = "/api/v1/jobs/job-a/run-again";
    private readonly List<(JobId Id, SubmitJob Request)> _submitted = [];
    private Server _server = null!;

    [TestInitialize]
    public async Task Start()
    {
        _server = await Server.Start();
        await _server.Places.Record(Samples.Point("local/veth0"));
        await _server.Jobs.Create(new JobSeed(Samples.Job, "ann", Samples.Spec() with { StartAt = Samples.Noon }, Samples.Noon, null), Samples.Ann);
        _server.Grains.OnSubmit = async (id, request) =>
        {
            _submitted.Add((id, request));
            await _server.Jobs.Create(new JobSeed(id, request.By.Name, request.Spec, Samples.Noon, request.IdempotencyKey, request.Origin), request.By);
            return Samples.View(JobState.Waiting, 1) with { Id = id, Spec = request.Spec, Origin = request.Origin };
        };
    }

    [TestCleanup]
    public async Task Stop() => await _server.DisposeAsync();

    [TestMethod]
    public async Task A_new_job_has_the_same_specification_without_its_start_and_names_its_origin()
    {
        var response = await _server.Send(HttpMethod.Post, Path);
        var job = await Server.Json(response);
        Assert.AreEqual(201, (int)response.StatusCode, job.ToString());
        Assert.AreEqual($"/api/v1/jobs/{job["id"]}", response.Headers.Location!.ToString());
        var (id, request) = _submitted.Single();
        Assert.AreNotEqual(Samples.Job, id);
        Assert.AreEqual(("job-a", null, "admin"), (request.Origin, request.Spec.StartAt, request.By.Name));
        Assert.AreEqual((Samples.Spec().Filter, Samples.Spec().Limits), (request.Spec.Filter, request.Spec.Limits));
        Assert.Contains("admin job.run-again job-a accepted", _server.Audit());
        Assert.Contains($"admin job.create {id} accepted", _server.Audit());
    }

    [TestMethod]
    public async Task With_a_key_it_is_made_once_and_the_key_is_of_no_use_for_another_job()
    {
        var first = await _server.Send(HttpMethod.Post, Path, null, ("Idempotency-Key", "again"));
        var second = await _server.Send(HttpMethod.Post, Path, null, ("Idempotency-Key", "again"));
        Assert.AreEqual((201, 200), ((int)first.StatusCode, (int)second.StatusCode));
        Assert.AreEqual("true", second.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.AreEqual((string?)(await Server.Json(first))["id"], (string?)(await Server.Json(second))["id"]);
        await _server.Jobs.Create(new JobSeed(new JobId("job-b"), "ann", Samples.Spec(), Samples.Noon, null), Samples.Ann);
        var other = await _server.Send(HttpMethod.Post, "/api/v1/jobs/job-b/run-again", null, ("Idempotency-Key", "again"));
        await Server.Problem(other, 422, ProblemCodes.IdempotencyKeyReused);
        Assert.AreEqual("admin job.run-again job-b idempotency-key-reused", _server.Audit()[^1]);
    }

    [TestMethod]
    public async Task A_filter_that_no_longer_compiles_is_refused()
    {
        _server.Grains.OnCheck = (_, _) => FakeGrains.Answers<FilterVerdict>(new Problem(ProblemCodes.InvalidFilter, "syntax error", 4));
        await Server.Problem(await _server.Send(HttpMethod.Post, Path), 422, ProblemCodes.InvalidFilter);
        Assert.IsEmpty(_submitted);
        Assert.AreEqual("admin job.run-again job-a invalid-filter", _server.Audit()[^1]);
    }
}
