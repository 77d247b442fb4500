// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Tci.Api.Tests.SignIn;

/// <summary>A small OIDC issuer on loopback: a discovery document, keys, and whatever token a test wants, right or wrong.</summary>
internal sealed class Issuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _keysAsked;

    private Issuer(WebApplication app) => _app = app;

    public RSA Key { get; private set; } = RSA.Create(2048);

    public string KeyId { get; private set; } = "first";

    public int KeysAsked => _keysAsked;

    public string Address => _app.Urls.First();

    public static async Task<Issuer> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var issuer = new Issuer(builder.Build());
        issuer._app.UseRouting();
        issuer._app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object> { ["issuer"] = issuer.Address, ["jwks_uri"] = issuer.Address + "/keys" }));
        issuer._app.MapGet("/keys", issuer.Keys);
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>From now on it signs with another key, and names only that.</summary>
    public void Rotate() => (Key, KeyId) = (RSA.Create(2048), "second");

    /// <summary>A token that is right, but for what is said.</summary>
    public string Token(string subject = "bob", string audience = "tci", string? issuer = null, int expiresIn = 300, int notBefore = -5, string[]? groups = null, RSA? key = null, string algorithm = "RS256", string? keyId = null)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = issuer ?? Address,
            ["aud"] = audience,
            ["sub"] = subject,
            ["iat"] = now,
            ["nbf"] = now + notBefore,
            ["exp"] = now + expiresIn,
            ["name"] = "Bob B.",
            ["groups"] = groups ?? [],
        };
        var text = $"{Part(new Dictionary<string, object> { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = keyId ?? KeyId })}.{Part(claims)}";
        var bytes = Encoding.ASCII.GetBytes(text);
        var signature = algorithm switch
        {
            "none" => [],
            // The public key as a shared secret: a trick against those who let the token choose the algorithm.
            "HS256" => HMACSHA256.HashData(Key.ExportSubjectPublicKeyInfo(), bytes),
            _ => (key ?? Key).SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private IResult Keys()
    {
        Interlocked.Increment(ref _keysAsked);
        var parameters = Key.ExportParameters(false);
        var key = new { kty = "RSA", use = "sig", kid = KeyId, alg = "RS256", n = Base64Url.EncodeToString(parameters.Modulus), e = Base64Url.EncodeToString(parameters.Exponent) };
        return Results.Json(new { keys = new[] { key } });
    }

    private static string Part(Dictionary<string, object> values) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(values));
}
