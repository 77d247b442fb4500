// SPDX-License-Identifier: BSD-3-Clause
using System.Security.Cryptography;
using Tci.Api.SignIn;
using Tci.Api.Tests.Rights;
using Tci.Contracts;

namespace Tci.Api.Tests.SignIn;

[TestClass]
public sealed class OidcTests
{
    private Issuer _issuer = null!;
    private Server _server = null!;

    [TestInitialize]
    public async Task Start()
    {
        _issuer = await Issuer.Start();
        var oidc = new OidcOptions
        {
            Authority = new Uri(_issuer.Address),
            Audience = "tci",
            Groups = new Dictionary<string, string> { ["cn=ops,dc=example"] = "ops" },
            ClockSkew = TimeSpan.FromSeconds(1),
            KeysEvery = TimeSpan.FromSeconds(1),
        };
        _server = await Server.Start(new ApiOptions { Oidc = oidc });
        await _server.Send(HttpMethod.Put, "/api/v1/groups/ops", """{"members":[]}""");
        await _server.Grant("""{"group":"ops","role":"administrator"}""");
    }

    [TestCleanup]
    public async Task Stop()
    {
        await _server.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    private async Task<int> Status(string token, string path = "/api/v1/me")
    {
        using var person = _server.As(token);
        return await person.Status(path);
    }

    [TestMethod]
    public async Task Its_token_signs_in_and_its_groups_are_mapped_to_grants()
    {
        using var bob = _server.As(_issuer.Token(groups: ["cn=ops,dc=example", "unmapped"]));
        var me = await bob.Json("/api/v1/me");
        Assert.AreEqual("oidc:bob", (string?)me["account"]);
        Assert.AreEqual("ops", (string?)me["groups"]!.AsArray().Single());
        Assert.AreEqual(200, await bob.Status("/api/v1/accounts"));
        Assert.Contains("Bob B.", await _server.Client.GetStringAsync("/api/v1/accounts"));
        using var ann = _server.As(_issuer.Token("ann", groups: ["ops"]));
        Assert.AreEqual(403, await ann.Status("/api/v1/accounts"), "Only what the mapping names is a group.");
    }

    [TestMethod]
    public async Task Who_is_called_like_an_account_of_here_is_not_that_account()
    {
        using var admin = _server.As(_issuer.Token("admin"));
        Assert.AreEqual(403, await admin.Status("/api/v1/accounts"));
        Assert.AreEqual("oidc:admin", (string?)(await admin.Json("/api/v1/me"))["account"]);
    }

    [TestMethod]
    public async Task What_is_not_quite_right_is_401()
    {
        using var other = RSA.Create(2048);
        var tokens = new Dictionary<string, string>
        {
            ["expired"] = _issuer.Token(expiresIn: -10),
            ["not yet"] = _issuer.Token(notBefore: 60),
            ["another audience"] = _issuer.Token(audience: "other"),
            ["another issuer"] = _issuer.Token(issuer: "https://evil.example"),
            ["alg none"] = _issuer.Token(algorithm: "none"),
            ["a shared secret"] = _issuer.Token(algorithm: "HS256"),
            ["another key under the known name"] = _issuer.Token(key: other),
            ["another key"] = _issuer.Token(key: other, keyId: "other"),
            ["no signature"] = _issuer.Token()[..(_issuer.Token().LastIndexOf('.') + 1)],
            ["no account"] = _issuer.Token(subject: ""),
            ["a line break in the account"] = _issuer.Token(subject: "bob\nadmin"),
            ["no token"] = "eyJhbGciOi",
            ["far too long"] = "eyJ" + new string('a', 20_000),
        };
        Assert.AreEqual(200, await Status(_issuer.Token()));
        foreach (var (what, token) in tokens) Assert.AreEqual(401, await Status(token), what);
    }

    [TestMethod]
    public async Task A_new_key_is_taken_up_and_the_old_one_is_over()
    {
        var old = _issuer.Token();
        Assert.AreEqual(200, await Status(old));
        await Task.Delay(1100);
        _issuer.Rotate();
        var fresh = _issuer.Token();
        for (var tries = 0; await Status(fresh) != 200; tries++)
        {
            Assert.IsLessThan(40, tries, "The new key was never read.");
            await Task.Delay(250);
        }

        Assert.AreEqual(401, await Status(old));
        var asked = _issuer.KeysAsked;
        for (var i = 0; i < 50; i++) await Status(_issuer.Token(keyId: $"made-up-{i}", key: RSA.Create(1024)));
        Assert.IsLessThan(asked + 20, _issuer.KeysAsked, "Made-up keys must not make the server ask for each.");
    }

    [TestMethod]
    public async Task A_disabled_account_is_out_although_its_issuer_lets_it_in()
    {
        Assert.AreEqual(200, await Status(_issuer.Token()));
        Assert.AreEqual(200, (int)(await _server.Send(HttpMethod.Put, "/api/v1/accounts/oidc:bob", """{"disabled":true}""")).StatusCode);
        Assert.AreEqual(401, await Status(_issuer.Token()));
        await Server.Problem(await _server.Send(HttpMethod.Put, "/api/v1/accounts/oidc:bob", """{"password":"seven grey herons at dawn"}"""), 409, ProblemCodes.Conflict);
    }

    [TestMethod]
    public async Task An_issuer_that_is_away_lets_nobody_in_and_holds_nobody_else_up()
    {
        var token = _issuer.Token();
        await _issuer.DisposeAsync();
        Assert.AreEqual(401, await Status(token));
        Assert.AreEqual(200, (int)(await _server.Get("/api/v1/me")).StatusCode);
    }

    [TestMethod]
    [DataRow("http://login.example.org", "tci", false)]
    [DataRow("https://login.example.org/realms/lab", "tci", true)]
    [DataRow("http://127.0.0.1:9000", "tci", true)]
    [DataRow("login.example.org", "tci", false)]
    [DataRow("https://login.example.org", null, false)]
    public void Keys_over_an_open_network_are_refused(string authority, string? audience, bool fits) => Assert.AreEqual(fits, OidcOptions.Check(authority, audience) is null);
}
