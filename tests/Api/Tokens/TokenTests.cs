// SPDX-License-Identifier: BSD-3-Clause
using Tci.Api.Tests.Rights;
using Tci.Contracts;

namespace Tci.Api.Tests.Tokens;

[TestClass]
public sealed class TokenTests
{
    private Server _server = null!;

    [TestInitialize]
    public async Task Start()
    {
        _server = await Server.Start();
        _server.Grains.OnPoint = id => FakeGrains.Answers<PointView>(Samples.Point(id.Value));
        _server.Grains.OnOrder = (_, _) => FakeGrains.Answers<JobView>(Samples.View(JobState.Paused));
        await _server.Points("local/veth0", "local/veth1");
    }

    [TestCleanup]
    public async Task Stop() => await _server.DisposeAsync();

    [TestMethod]
    public async Task It_is_shown_once_and_stored_only_as_its_hash()
    {
        var made = await _server.Post("/api/v1/tokens", """{"name":"nightly"}""");
        Assert.AreEqual("no-store", made.Headers.CacheControl!.ToString());
        var text = (string)(await Server.Json(made))["text"]!;
        var listed = await _server.Client.GetStringAsync("/api/v1/tokens");
        Assert.Contains("nightly", listed);
        Assert.DoesNotContain(text, listed);
        Assert.DoesNotContain(text, string.Join('\n', _server.Dump("tokens")));
        Assert.DoesNotContain(text, string.Join('\n', _server.Dump("audit")));
    }

    [TestMethod]
    public async Task Its_last_use_is_noted()
    {
        using var bob = await _server.Add("bob");
        await bob.Get("/api/v1/me");
        Assert.IsNotNull((await bob.Json("/api/v1/tokens"))["items"]![0]!["used"]);
    }

    [TestMethod]
    public async Task Revoked_it_is_worthless_at_once_and_others_cannot_revoke_it()
    {
        using var bob = await _server.Add("bob");
        using var eve = await _server.Add("eve", "\"role\":\"responder\"");
        var id = (string)(await bob.Json("/api/v1/tokens"))["items"]![0]!["id"]!;
        var refused = await eve.Send("DELETE", $"/api/v1/tokens/{id}");
        await Server.Problem(refused, 404, ProblemCodes.NotFound);
        Assert.AreEqual(200, await bob.Status("/api/v1/me"));
        Assert.AreEqual(204, (int)(await _server.Send(HttpMethod.Delete, $"/api/v1/tokens/{id}")).StatusCode);
        Assert.AreEqual(401, await bob.Status("/api/v1/me"));
    }

    [TestMethod]
    public async Task A_disabled_account_is_out_at_once_with_all_its_tokens()
    {
        using var bob = await _server.Add("bob", "\"role\":\"administrator\"");
        Assert.AreEqual(200, await bob.Status("/api/v1/accounts"));
        await _server.Send(HttpMethod.Put, "/api/v1/accounts/bob", """{"disabled":true}""");
        Assert.AreEqual(401, await bob.Status("/api/v1/me"));
        await _server.Send(HttpMethod.Put, "/api/v1/accounts/bob", """{"disabled":false}""");
        Assert.AreEqual(200, await bob.Status("/api/v1/me"));
    }

    [TestMethod]
    public async Task A_scope_narrows_and_never_widens()
    {
        using var bob = await _server.Add("bob", "\"role\":\"responder\"");
        await _server.Job("job-0", "bob", "local/veth0");
        await _server.Job("job-1", "bob", "local/veth1");
        using var narrow = _server.As(await _server.TokenOf(bob.Client, """{"name":"n","scope":{"capabilities":["See","Administer"],"points":["local/veth0"]}}"""));
        Assert.AreEqual(200, await narrow.Status("/api/v1/jobs/job-0"));
        Assert.AreEqual(404, await narrow.Status("/api/v1/jobs/job-1"), "one's own job, out of the scope");
        CollectionAssert.AreEqual(new[] { "job-0" }, await narrow.Ids("/api/v1/jobs"));
        CollectionAssert.AreEqual(new[] { "local/veth0" }, await narrow.Ids("/api/v1/points"));
        Assert.AreEqual(403, (int)(await narrow.Send("POST", "/api/v1/jobs/job-0/pause")).StatusCode, "seeing is not commanding, not even one's own");
        Assert.AreEqual(403, await narrow.Status("/api/v1/accounts"), "a capability that the account does not hold");

        using var wider = _server.As(await _server.TokenOf(narrow.Client, """{"name":"w","scope":{"capabilities":["See","Create","CancelOthers"]}}"""));
        Assert.AreEqual(403, (int)(await wider.Send("POST", "/api/v1/jobs/job-0/pause")).StatusCode);
        Assert.AreEqual(404, await wider.Status("/api/v1/jobs/job-1"));
        using var unsaid = _server.As(await _server.TokenOf(narrow.Client, """{"name":"u"}"""));
        Assert.AreEqual(404, await unsaid.Status("/api/v1/jobs/job-1"));
    }

    [TestMethod]
    public async Task One_that_expires_makes_none_that_lasts_longer()
    {
        using var bob = await _server.Add("bob");
        var soon = DateTimeOffset.UtcNow.AddMinutes(5);
        using var brief = _server.As(await _server.TokenOf(bob.Client, $$"""{"name":"b","expires":"{{soon:O}}"}"""));
        await Server.Problem(await brief.Send("POST", "/api/v1/tokens", $$"""{"name":"x","expires":"{{soon.AddMinutes(1):O}}"}"""), 400, ProblemCodes.InvalidRequest);
        var made = await Server.Json(await brief.Send("POST", "/api/v1/tokens", """{"name":"x"}"""));
        Assert.IsTrue(DateTimeOffset.Parse((string)made["token"]!["expires"]!, null) <= soon);
    }

    [TestMethod]
    public async Task Expired_it_signs_nobody_in()
    {
        using var bob = await _server.Add("bob");
        _server.Sql("UPDATE tokens SET expires_us = 1 WHERE account = 'bob'");
        Assert.AreEqual(401, await bob.Status("/api/v1/me"));
    }

    [TestMethod]
    public async Task Only_administrators_make_and_see_those_of_others()
    {
        using var bob = await _server.Add("bob", "\"role\":\"responder\"");
        await Server.Problem(await bob.Send("POST", "/api/v1/tokens", """{"name":"x","account":"admin"}"""), 403, ProblemCodes.Forbidden);
        Assert.AreEqual(403, await bob.Status("/api/v1/tokens?everyone=true"));
        Assert.HasCount(1, (await bob.Json("/api/v1/tokens"))["items"]!.AsArray());
        Assert.HasCount(2, (await _server.GetJson("/api/v1/tokens?everyone=true"))["items"]!.AsArray());
    }
}
