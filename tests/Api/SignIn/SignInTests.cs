// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Tests.SignIn;

[TestClass]
public sealed class SignInTests
{
    private static Server s_server = null!;

    [ClassInitialize]
    public static async Task Start(TestContext context) => s_server = await Server.Start();

    [ClassCleanup]
    public static async Task Stop() => await s_server.DisposeAsync();

    private static async Task<HttpResponseMessage> Get(string path, params string[] authorization)
    {
        using var client = new HttpClient { BaseAddress = s_server.Address };
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (authorization.Length > 0) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await client.SendAsync(request);
    }

    [TestMethod]
    [DataRow("/api/v1/points")]
    [DataRow("/API/v1/jobs")]
    [DataRow("/api/v1/jobs/job-a/dataset")]
    [DataRow("/api/v1/nothing/here")]
    [DataRow("/api")]
    public async Task Without_a_token_everything_under_api_is_401(string path)
    {
        var response = await Get(path);
        await Server.Problem(response, 401, ProblemCodes.Unauthenticated);
        Assert.AreEqual("Bearer realm=\"tci\"", response.Headers.WwwAuthenticate.Single().ToString());
    }

    [TestMethod]
    [DataRow("Bearer tci_wrong")]
    [DataRow("Bearer ")]
    [DataRow("Basic YWRtaW46YWRtaW4=")]
    [DataRow("tci_wrong")]
    [DataRow("Bearer tci_' OR '1'='1")]
    public async Task A_wrong_token_is_401(string authorization) =>
        await Server.Problem(await Get("/api/v1/points", authorization), 401, ProblemCodes.Unauthenticated);

    [TestMethod]
    public async Task A_token_with_a_letter_changed_is_401_and_the_right_one_works_in_any_spelling_of_the_scheme()
    {
        var last = s_server.Token[^1] == 'A' ? 'B' : 'A';
        var response = await Get("/api/v1/points", $"Bearer {s_server.Token[..^1]}{last}");
        await Server.Problem(response, 401, ProblemCodes.Unauthenticated);
        Assert.Contains("invalid_token", response.Headers.WwwAuthenticate.Single().ToString());
        Assert.AreEqual(200, (int)(await Get("/api/v1/points", $"bearer {s_server.Token}")).StatusCode);
        Assert.AreEqual(401, (int)(await Get("/api/v1/points", $"Bearer {s_server.Token}", "Bearer x")).StatusCode);
    }

    [TestMethod]
    public async Task No_answer_and_no_log_line_holds_a_token()
    {
        await Get("/api/v1/points", "Bearer tci_guessed");
        await s_server.GetJson("/api/v1/points");
        Assert.IsFalse(s_server.Logs.Lines.Any(l => l.Text.Contains("tci_guessed", StringComparison.Ordinal) || l.Text.Contains(s_server.Token, StringComparison.Ordinal)));
        Assert.IsTrue(s_server.Logs.Lines.Any(l => l.Id == 4006));
    }

    [TestMethod]
    [DataRow("/api/v1/points", 200)]
    [DataRow("/api/v1/none", 404)]
    [DataRow("/", 200)]
    [DataRow("/healthz", 200)]
    public async Task Every_answer_carries_the_security_headers_and_does_not_name_thes_server(string path, int status)
    {
        var response = await s_server.Get(path, ("Origin", "https://evil.example"));
        Assert.AreEqual(status, (int)response.StatusCode);
        Assert.AreEqual("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.AreEqual("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.StartsWith("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.IsFalse(response.Headers.Contains("Server"));
        Assert.IsFalse(response.Headers.Contains("Access-Control-Allow-Origin"));
    }
}
