// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;

namespace Tci.Api.Tests.Jobs;

[TestClass]
public sealed class BulkTests
{
    private Server _server = null!;

    [TestInitialize]
    public async Task Start()
    {
        _server = await Server.Start();
        foreach (var id in new[] { "job-a", "job-b", "job-c" })
        {
            var job = new JobId(id);
            await _server.Jobs.Create(new JobSeed(job, "ann", Samples.Spec(), Samples.Noon, null), Samples.Ann);
            await _server.Jobs.Record(Samples.View(id == "job-c" ? JobState.Done : JobState.Waiting) with { Id = job }, null, [], null);
        }
    }

    [TestCleanup]
    public async Task Stop() => await _server.DisposeAsync();

    [TestMethod]
    public async Task Each_job_has_its_own_answer_and_audit_row()
    {
        _server.Grains.OnCancel = (id, _) => FakeGrains.Answers<JobView>(id.Value == "job-b" ? new Problem(ProblemCodes.Conflict, "No.") : Samples.View(JobState.Cancelled) with { Id = id });
        var result = await Server.Json(await _server.Post("/api/v1/jobs/bulk", """{"action":"Cancel","jobs":["job-a","job-b","job-none"]}"""));
        Assert.AreEqual((1, 2), ((int)result["ok"]!, (int)result["failed"]!));
        CollectionAssert.AreEqual(new[] { 200, 409, 404 }, result["items"]!.AsArray().Select(i => (int)i!["status"]!).ToArray());
        Assert.AreEqual(("Cancelled", "conflict"), ((string?)result["items"]![0]!["state"], (string?)result["items"]![1]!["problem"]!["code"]));
        CollectionAssert.AreEquivalent(
            new[] { "admin job.cancel job-a accepted", "admin job.cancel job-b conflict", "admin job.cancel job-none not-found" },
            _server.Audit().Where(r => !r.Contains("create", StringComparison.Ordinal)).ToArray());
    }

    [TestMethod]
    public async Task A_filter_finds_the_jobs_and_a_dry_run_touches_none()
    {
        var result = await Server.Json(await _server.Post("/api/v1/jobs/bulk", """{"action":"Delete","filter":{"state":["Waiting"]},"countMax":2,"dryRun":true}"""));
        CollectionAssert.AreEquivalent(new[] { "job-a", "job-b" }, result["items"]!.AsArray().Select(i => (string?)i!["job"]).ToArray());
        Assert.IsTrue((bool)result["dryRun"]!);
    }

    [TestMethod]
    public async Task A_filter_that_finds_more_than_allowed_does_nothing() =>
        await Server.Problem(await _server.Post("/api/v1/jobs/bulk", """{"action":"Delete","filter":{"owner":"ann"},"countMax":2}"""), 409, ProblemCodes.Conflict);

    [TestMethod]
    public async Task Labels_go_to_each_job()
    {
        var given = new List<LabelJob>();
        _server.Grains.OnOrder = (_, order) =>
        {
            lock (given) given.Add((LabelJob)order);
            return FakeGrains.Answers<JobView>(Samples.View(JobState.Done));
        };
        var result = await Server.Json(await _server.Post("/api/v1/jobs/bulk", """{"action":"Label","jobs":["job-a","job-c"],"labels":{"set":{"k":"v"},"remove":["old"]}}"""));
        Assert.AreEqual(2, (int)result["ok"]!);
        Assert.AreEqual(("v", null), (given[1].Labels["k"], given[1].Labels["old"]));
    }

    [TestMethod]
    [DataRow("""{"action":"Cancel"}""", "jobs")]
    [DataRow("""{"action":"Cancel","jobs":[]}""", "jobs")]
    [DataRow("""{"action":"Cancel","jobs":["job-a","job-a"]}""", "jobs")]
    [DataRow("""{"action":"Cancel","jobs":["job-a"],"filter":{"owner":"x"}}""", "jobs")]
    [DataRow("""{"action":"Cancel","filter":{}}""", "filter")]
    [DataRow("""{"action":"Cancel","filter":{"owner":"x"}}""", "countMax")]
    [DataRow("""{"action":"Cancel","filter":{"state":[null]},"countMax":1}""", "filter")]
    [DataRow("""{"action":"Cancel","filter":{"state":["Sleeping"]},"countMax":1}""", "filter.state")]
    [DataRow("""{"action":"Label","jobs":["job-a"]}""", "labels")]
    [DataRow("""{"action":"Label","jobs":["job-a"],"labels":{"set":{"a":null}}}""", "labels.set")]
    [DataRow("""{"action":"Label","jobs":["job-a"],"labels":{"set":{"a":"b"},"remove":["a"]}}""", "labels.remove")]
    public async Task What_is_not_clear_is_refused_whole(string body, string field)
    {
        var problem = await Server.Problem(await _server.Post("/api/v1/jobs/bulk", body), 400, ProblemCodes.InvalidRequest);
        Assert.AreEqual(field, (string?)problem["field"]);
    }
}
