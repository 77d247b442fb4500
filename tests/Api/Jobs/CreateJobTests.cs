// SPDX-License-Identifier: BSD-3-Clause
using System.Text.RegularExpressions;
using Tci.Contracts;

namespace Tci.Api.Tests.Jobs;

[TestClass]
public sealed partial class CreateJobTests
{
    private Server _server = null!;

    [TestInitialize]
    public async Task Start()
    {
        _server = await Server.Start(new ApiOptions
        {
            GrainDeadline = TimeSpan.FromSeconds(1),
            FilterDeadline = TimeSpan.FromMilliseconds(300),
            FilterAskEvery = TimeSpan.FromMilliseconds(10),
        });
        await _server.Places.Record(Samples.Point("local/veth0"));
        _server.Grains.OnSubmit = Accept;
    }

    [TestCleanup]
    public async Task Stop() => await _server.DisposeAsync();

    private async Task<Answer<JobView>> Accept(JobId id, SubmitJob request)
    {
        var seed = await _server.Jobs.Create(new JobSeed(id, request.By.Name, request.Spec, Samples.Noon, request.IdempotencyKey), request.By);
        if (seed.Spec.Name != request.Spec.Name) return new Problem(ProblemCodes.IdempotencyKeyReused, "Take a new key for a new job.");
        return Samples.View(JobState.Waiting, 1) with { Id = id, Owner = seed.Owner, Spec = seed.Spec };
    }

    [TestMethod]
    public async Task A_job_is_answered_with_201_its_address_and_its_version()
    {
        SubmitJob? submitted = null;
        _server.Grains.OnSubmit = (id, request) =>
        {
            submitted = request;
            return Accept(id, request);
        };
        var response = await _server.Post("/api/v1/jobs", Samples.JobBody);
        var job = await Server.Json(response);
        Assert.AreEqual(201, (int)response.StatusCode, job.ToString());
        Assert.MatchesRegex(Id(), (string?)job["id"]);
        Assert.AreEqual($"/api/v1/jobs/{job["id"]}", response.Headers.Location!.ToString());
        Assert.AreEqual("\"1\"", response.Headers.ETag!.Tag);
        Assert.AreEqual(("admin", "127.0.0.1"), (submitted!.By.Name, submitted.By.From));
        Assert.AreEqual(TimeSpan.FromSeconds(10), submitted.Spec.Limits.Duration);
        Assert.AreEqual("flows", submitted.Spec.Processing.Single().Processor);
        CollectionAssert.AreEqual(new[] { $"admin job.create {job["id"]} accepted" }, _server.Audit());
    }

    [TestMethod]
    public async Task Without_a_key_every_request_is_a_new_job()
    {
        var one = await Server.Json(await _server.Post("/api/v1/jobs", Samples.JobBody));
        var two = await Server.Json(await _server.Post("/api/v1/jobs", Samples.JobBody));
        Assert.AreNotEqual((string?)one["id"], (string?)two["id"]);
    }

    [TestMethod]
    public async Task A_repeated_request_is_answered_with_200_and_the_same_job()
    {
        var one = await _server.Post("/api/v1/jobs", Samples.JobBody, ("Idempotency-Key", "k-1"));
        // The probe may be away by then; the job was accepted all the same.
        _server.Grains.OnCheck = (_, _) => FakeGrains.Answers<FilterVerdict>(new Problem(ProblemCodes.Unreachable, "away"));
        var two = await _server.Post("/api/v1/jobs", Samples.JobBody, ("Idempotency-Key", "k-1"));
        Assert.AreEqual((201, 200), ((int)one.StatusCode, (int)two.StatusCode));
        Assert.AreEqual("true", two.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.IsFalse(one.Headers.Contains("Idempotent-Replayed"));
        Assert.AreEqual((string?)(await Server.Json(one))["id"], (string?)(await Server.Json(two))["id"]);
        Assert.HasCount(1, _server.Audit());
    }

    [TestMethod]
    public async Task A_key_used_for_another_job_is_refused()
    {
        await _server.Post("/api/v1/jobs", Samples.JobBody, ("Idempotency-Key", "k-1"));
        var other = await _server.Post("/api/v1/jobs", Samples.JobBody.Replace("evening", "morning"), ("Idempotency-Key", "k-1"));
        await Server.Problem(other, 422, ProblemCodes.IdempotencyKeyReused);
        Assert.EndsWith("idempotency-key-reused", _server.Audit()[^1]);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("with space")]
    [DataRow("žluť")]
    [DataRow("200+")]
    public async Task A_key_must_be_visible_ascii(string key)
    {
        var sent = key == "200+" ? new string('k', 201) : key;
        // HttpClient cannot send every such header, so that it is written by hand.
        var answer = await RawHttp.Send(_server.Address, $"POST /api/v1/jobs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {_server.Token}\r\nConnection: close\r\nIdempotency-Key: {sent}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}");
        Assert.StartsWith("HTTP/1.1 400", answer);
        // The server itself refuses a header that is not ASCII, without a body.
        if (key != "žluť") Assert.Contains("Idempotency-Key is one value of 1 to 200 visible ASCII characters", answer);
    }

    [TestMethod]
    public async Task A_key_of_200_characters_is_fine()
    {
        Assert.AreEqual(201, (int)(await _server.Post("/api/v1/jobs", Samples.JobBody, ("Idempotency-Key", new string('k', 200)))).StatusCode);
    }

    [TestMethod]
    public async Task A_bad_filter_is_refused_with_its_position_and_nothing_is_submitted()
    {
        _server.Grains.OnSubmit = (_, _) => throw new InvalidOperationException("It was submitted.");
        _server.Grains.OnCheck = (_, _) => FakeGrains.Answers<FilterVerdict>(new Problem(ProblemCodes.InvalidFilter, "syntax error", 4));
        var problem = await Server.Problem(await _server.Post("/api/v1/jobs", Samples.JobBody), 422, ProblemCodes.InvalidFilter);
        Assert.AreEqual((4, "filter"), ((int)problem["position"]!, (string?)problem["field"]));
        Assert.EndsWith("invalid-filter", _server.Audit().Single());
    }

    [TestMethod]
    public async Task A_filter_is_asked_about_until_it_is_compiled_and_once_a_probe()
    {
        var asked = new List<string>();
        _server.Grains.OnCheck = (probe, filter) =>
        {
            lock (asked) asked.Add($"{probe} {filter}");
            return FakeGrains.Answers<FilterVerdict>(new FilterVerdict(asked.Count < 4, 9));
        };
        await _server.Places.Record(Samples.Point("local/b"));
        var body = Samples.JobBody.Replace("\"local/veth0\"", "\"local/veth0\",\"local/b\"");
        Assert.AreEqual(201, (int)(await _server.Post("/api/v1/jobs", body)).StatusCode);
        CollectionAssert.AreEqual(Enumerable.Repeat("local tcp port 443", 4).ToList(), asked);
    }

    [TestMethod]
    public async Task A_filter_that_is_never_compiled_ends_in_503()
    {
        _server.Grains.OnCheck = (_, _) => FakeGrains.Answers<FilterVerdict>(new FilterVerdict(true, 0));
        var response = await _server.Post("/api/v1/jobs", Samples.JobBody);
        await Server.Problem(response, 503, ProblemCodes.DeadlinePassed);
        Assert.IsNotNull(response.Headers.RetryAfter);
    }

    [TestMethod]
    public async Task An_unknown_point_is_refused_by_its_place_in_the_list()
    {
        var problem = await Server.Problem(await _server.Post("/api/v1/jobs", Samples.JobBody.Replace("\"local/veth0\"", "\"local/veth0\",\"nowhere/x\"")), 422, ProblemCodes.UnknownPoint);
        Assert.AreEqual("points[1]", (string?)problem["field"]);
    }

    [TestMethod]
    public async Task A_point_the_catalog_does_not_list_yet_is_asked_for_at_its_entity()
    {
        _server.Grains.OnPoint = id => FakeGrains.Answers<PointView>(Samples.Point(id.Value));
        Assert.AreEqual(201, (int)(await _server.Post("/api/v1/jobs", Samples.JobBody.Replace("veth0", "fresh"))).StatusCode);
    }

    [TestMethod]
    public async Task What_the_job_itself_refuses_is_passed_on()
    {
        _server.Grains.OnSubmit = (_, _) => FakeGrains.Answers<JobView>(new Problem(ProblemCodes.LimitMissing, "A job has at least one limit.", Field: "limits"));
        var problem = await Server.Problem(await _server.Post("/api/v1/jobs", Samples.JobBody), 422, ProblemCodes.LimitMissing);
        Assert.AreEqual("limits", (string?)problem["field"]);
        Assert.EndsWith("limit-missing", _server.Audit().Single());
    }

    [TestMethod]
    public async Task A_job_that_does_not_answer_is_503_with_advice()
    {
        _server.Grains.OnSubmit = (_, _) => FakeGrains.Never<JobView>();
        var response = await _server.Post("/api/v1/jobs", Samples.JobBody);
        await Server.Problem(response, 503, ProblemCodes.Unreachable);
        Assert.IsNotNull(response.Headers.RetryAfter);
    }

    [TestMethod]
    public void The_same_owner_and_key_always_give_the_same_id()
    {
        // Computed with python: base64.b32encode(hashlib.sha256(b'admin\0k-1').digest()).lower()[:24]
        Assert.AreEqual("job-zrmn6apcc3tcqtwxwlesphcp", "job-" + Api.Requests.IdCharacters.Of("admin", "k-1"));
        Assert.AreNotEqual(Api.Requests.IdCharacters.Of("admi", "nk-1"), Api.Requests.IdCharacters.Of("admin", "k-1"));
    }

    [GeneratedRegex("^job-[a-z2-7]{24}$")]
    private static partial Regex Id();
}
