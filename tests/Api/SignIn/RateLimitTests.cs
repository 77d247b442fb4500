// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.DependencyInjection;
using Tci.Contracts;

namespace Tci.Api.Tests.SignIn;

[TestClass]
public sealed class RateLimitTests
{
    private static readonly ApiOptions s_few = new() { RequestsBurstMax = 3, RequestsPerSecond = 1 };

    [TestMethod]
    public async Task Too_many_requests_with_a_token_are_429_with_the_time_to_wait_and_go_on_after_it()
    {
        await using var server = await Server.Start(s_few);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => server.Get("/api/v1/points")));
        Assert.IsTrue(answers.Count(a => (int)a.StatusCode == 200) is >= 3 and < 12);
        var refused = answers.First(a => (int)a.StatusCode != 200);
        await Server.Problem(refused, 429, ProblemCodes.Overloaded);
        var wait = refused.Headers.RetryAfter!.Delta!.Value;
        Assert.IsTrue(wait > TimeSpan.Zero && wait < TimeSpan.FromMinutes(1), wait.ToString());
        Assert.IsTrue(server.Logs.Lines.Any(l => l.Id == 4010));
        for (var tries = 0; (int)(await server.Get("/api/v1/points")).StatusCode == 429; tries++)
        {
            Assert.IsLessThan(30, tries, "It was never let in again.");
            await Task.Delay(500);
        }
    }

    [TestMethod]
    public async Task Health_and_those_without_a_token_have_no_part_in_it()
    {
        await using var server = await Server.Start(s_few);
        for (var i = 0; i < 10; i++)
        {
            Assert.AreEqual(200, (int)(await server.Get("/healthz")).StatusCode);
            using var nobody = new HttpClient { BaseAddress = server.Address };
            Assert.AreEqual(401, (int)(await nobody.GetAsync("/api/v1/points")).StatusCode);
        }

        Assert.AreEqual(200, (int)(await server.Get("/api/v1/points")).StatusCode);
    }

    [TestMethod]
    public async Task Each_token_has_its_own_part()
    {
        await using var server = await Server.Start(s_few, services => services.AddSingleton<ITokens>(new AnyToken()));
        for (var i = 0; i < 20; i++)
        {
            using var client = server.NewClient();
            client.DefaultRequestHeaders.Authorization = new("Bearer", $"tci_token-{i}");
            Assert.AreEqual(200, (int)(await client.GetAsync("/api/v1/points")).StatusCode);
        }
    }

    private sealed class AnyToken : ITokens
    {
        public Task<TokenView?> Find(string token) =>
            Task.FromResult<TokenView?>(new TokenView("token-any", "admin", "any", TokenKind.Api, Samples.Noon, null, null, null));

        public Task<NewToken> Make(TokenView token, AuditEntry audit) => throw new NotSupportedException();

        public Task<IReadOnlyList<TokenView>> Tokens(string? account) => throw new NotSupportedException();

        public Task<bool> Revoke(string id, AuditEntry audit) => throw new NotSupportedException();
    }
}
