// SPDX-License-Identifier: BSD-3-Clause
using Tci.Api.Tests.Rights;
using Tci.Contracts;

namespace Tci.Api.Tests.Accounts;

[TestClass]
public sealed class PasswordSignInTests
{
    private const string Good = "seven grey herons at dawn";
    private Server _server = null!;

    [TestInitialize]
    public async Task Start()
    {
        _server = await Server.Start(new ApiOptions { SignInFailuresMax = 3, SignInLock = TimeSpan.FromMinutes(7) });
        Assert.AreEqual(201, (int)(await _server.Send(HttpMethod.Put, "/api/v1/accounts/ann", $$"""{"displayName":"Ann","password":"{{Good}}"}""")).StatusCode);
    }

    [TestCleanup]
    public async Task Stop() => await _server.DisposeAsync();

    private async Task<HttpResponseMessage> SignIn(string account, string password)
    {
        using var nobody = new HttpClient { BaseAddress = _server.Address };
        return await nobody.PostAsync("/api/v1/sign-in", People.Body($$"""{"account":"{{account}}","password":"{{password}}"}"""));
    }

    [TestMethod]
    public async Task The_right_password_gives_a_session_that_ends()
    {
        var response = await SignIn("ann", Good);
        Assert.AreEqual(201, (int)response.StatusCode);
        using var ann = _server.As((string)(await Server.Json(response))["text"]!);
        var me = await ann.Json("/api/v1/me");
        Assert.AreEqual("ann", (string?)me["account"]);
        Assert.AreEqual("Session", (string?)me["token"]!["kind"]);
        Assert.IsTrue(DateTimeOffset.Parse((string)me["expires"]!, null) < DateTimeOffset.UtcNow.AddHours(5));
        Assert.AreEqual(204, (int)(await ann.Send("DELETE", "/api/v1/tokens/current")).StatusCode);
        Assert.AreEqual(401, await ann.Status("/api/v1/me"));
    }

    [TestMethod]
    public async Task A_wrong_password_and_an_account_that_is_not_there_fail_alike_and_lock_alike()
    {
        await _server.Send(HttpMethod.Put, "/api/v1/accounts/tokens-only", "{}");
        var said = new HashSet<string>();
        foreach (var account in new[] { "ann", "nobody", "tokens-only" })
        {
            for (var i = 0; i < 3; i++) said.Add((await Server.Problem(await SignIn(account, "not this one, surely"), 401, ProblemCodes.Unauthenticated)).ToJsonString());
            // Even the right one now.
            var locked = await SignIn(account, Good);
            await Server.Problem(locked, 429, ProblemCodes.LockedOut);
            Assert.IsTrue(locked.Headers.RetryAfter!.Delta is { TotalSeconds: > 400 and <= 420 });
        }

        Assert.HasCount(1, said);
        CollectionAssert.IsSubsetOf(new[] { "nobody session.begin accounts/nobody unauthenticated", "unknown session.begin sign-in locked-out" }, _server.Audit());
        Assert.DoesNotContain("not this one", string.Join('\n', _server.Dump("audit")));
    }

    [TestMethod]
    public async Task Many_guesses_at_one_moment_are_no_more_than_one_after_the_other()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => SignIn("ann", $"guess number {i} of many")));
        Assert.AreEqual(3, answers.Count(a => (int)a.StatusCode == 401));
    }

    [TestMethod]
    public async Task Success_forgets_failures()
    {
        for (var i = 0; i < 3; i++)
        {
            await SignIn("ann", "not this one, surely");
            await SignIn("ann", "not this one, surely");
            Assert.AreEqual(201, (int)(await SignIn("ann", Good)).StatusCode);
        }
    }

    [TestMethod]
    [DataRow("short one")]
    [DataRow("aaaaaaaaaaaaaaaaaaaa")]
    [DataRow("correct horse battery staple")]
    [DataRow("my name is carla and that is it")]
    public async Task A_password_that_is_tried_first_or_too_short_is_refused(string password)
    {
        var problem = await Server.Problem(await _server.Send(HttpMethod.Put, "/api/v1/accounts/carla", $$"""{"password":"{{password}}"}"""), 400, ProblemCodes.InvalidRequest);
        Assert.AreEqual("password", (string?)problem["field"]);
        Assert.DoesNotContain(password, problem.ToJsonString());
    }

    [TestMethod]
    public async Task It_is_changed_with_the_old_one_and_sessions_end()
    {
        using var ann = _server.As((string)(await Server.Json(await SignIn("ann", Good)))["text"]!);
        await Server.Problem(await ann.Send("PUT", "/api/v1/me/password", $$"""{"current":"not this one, surely","password":"eight grey herons at dusk"}"""), 403, ProblemCodes.Forbidden);
        Assert.AreEqual(204, (int)(await ann.Send("PUT", "/api/v1/me/password", $$"""{"current":"{{Good}}","password":"eight grey herons at dusk"}""")).StatusCode);
        Assert.AreEqual(401, await ann.Status("/api/v1/me"));
        Assert.AreEqual(401, (int)(await SignIn("ann", Good)).StatusCode);
        Assert.AreEqual(201, (int)(await SignIn("ann", "eight grey herons at dusk")).StatusCode);
    }

    [TestMethod]
    public async Task What_is_stored_is_a_hash_of_many_rounds()
    {
        var stored = string.Join('\n', _server.Dump("accounts"));
        Assert.Contains("pbkdf2-sha256$600000$", stored);
        Assert.DoesNotContain(Good, stored);
        Assert.DoesNotContain("pbkdf2", await _server.Client.GetStringAsync("/api/v1/accounts"));
    }
}
