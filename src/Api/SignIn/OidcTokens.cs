// SPDX-License-Identifier: BSD-3-Clause
using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.SignIn;

/// <param name="Expires">As the token says.</param>
internal sealed record OidcCaller(string Account, DateTimeOffset Expires);

/// <summary>
/// Reads tokens of the issuer (RFC 7519, RFC 9068): signed by one of its keys with an algorithm of two keys, for this audience, in time. The issuer's keys are
/// read once, and again when a token names one that is not among them.
/// </summary>
internal sealed class OidcTokens : IDisposable
{
    public const string Prefix = "oidc:";
    private const int NameLengthMax = 200;
    private const int MetMax = 10_000;

    // None with a shared secret, and never "none".
    private static readonly string[] s_algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private readonly OidcOptions? _options;
    private readonly IAccounts _accounts;
    private readonly RightsCache _rights;
    private readonly TimeProvider _clock;
    private readonly ILogger<OidcTokens> _log;
    private readonly HttpClient _http;
    private readonly TokenValidationParameters _parameters;
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly ConcurrentDictionary<string, DateTimeOffset> _met = new();

    public OidcTokens(ApiOptions options, IAccounts accounts, RightsCache rights, TimeProvider clock, ILogger<OidcTokens> log)
    {
        (_options, _accounts, _rights, _clock, _log) = (options.Oidc, accounts, rights, clock, log);
        _http = new HttpClient { Timeout = _options?.Deadline ?? TimeSpan.FromSeconds(10) };
        _parameters = _options is null ? new TokenValidationParameters() : Parameters(_options, _http, clock);
    }

    /// <summary>Null where there is no issuer, or it did not make this token, or not for us, or not for now.</summary>
    public async Task<OidcCaller?> Find(string text)
    {
        if (_options is null) return null;
        var result = await _handler.ValidateTokenAsync(text, _parameters);
        if (!result.IsValid || result.SecurityToken is not JsonWebToken token)
        {
            // The library's message names the claim that does not fit; the token itself it does not show.
            Log.OidcTokenRefused(_log, result.Exception?.GetType().Name ?? "unknown", result.Exception is SecurityTokenException ? "" : result.Exception?.Message ?? "");
            return null;
        }

        var name = result.ClaimsIdentity.FindFirst(_options.AccountClaim)?.Value;
        if (string.IsNullOrWhiteSpace(name) || name.Length > NameLengthMax || name.Any(char.IsControl))
        {
            Log.OidcTokenRefused(_log, "no account", $"the claim '{_options.AccountClaim}' is missing or no name");
            return null;
        }

        await Meet(Prefix + name, result.ClaimsIdentity, token);
        return new OidcCaller(Prefix + name, token.ValidTo);
    }

    public void Dispose() => _http.Dispose();

    // A token that was seen says nothing new; an older one than was seen is not asked.
    private async Task Meet(string account, ClaimsIdentity claims, JsonWebToken token)
    {
        var issued = token.IssuedAt == DateTime.MinValue ? _clock.GetUtcNow() : new DateTimeOffset(token.IssuedAt, TimeSpan.Zero);
        if (_met.TryGetValue(account, out var seen) && issued <= seen) return;
        var groups = claims.FindAll(_options!.GroupClaim).Select(c => _options.Groups.GetValueOrDefault(c.Value)).OfType<string>().Distinct().ToList();
        var shown = claims.FindFirst("name")?.Value ?? claims.FindFirst("preferred_username")?.Value ?? account;
        await _accounts.Meet(account, shown.Length <= NameLengthMax ? shown : shown[..NameLengthMax], groups, issued);
        _rights.Forget();
        if (_met.Count >= MetMax) _met.Clear();
        _met[account] = issued;
    }

    private static TokenValidationParameters Parameters(OidcOptions options, HttpClient http, TimeProvider clock) => new()
    {
        ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
            options.Authority.ToString().TrimEnd('/') + "/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(http) { RequireHttps = !options.Authority.IsLoopback })
        {
            RefreshInterval = options.KeysEvery,
            // A key that the issuer took away signs nobody in any more.
            UseLastKnownGoodConfiguration = false,
        },
        ValidIssuers = [options.Authority.ToString().TrimEnd('/'), options.Authority.ToString().TrimEnd('/') + "/"],
        ValidAudience = options.Audience,
        ValidAlgorithms = s_algorithms,
        ClockSkew = options.ClockSkew,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = (notBefore, expires, _, parameters) => IsInTime(notBefore, expires, parameters.ClockSkew, clock.GetUtcNow().UtcDateTime),
    };

    private static bool IsInTime(DateTime? notBefore, DateTime? expires, TimeSpan skew, DateTime now) => expires is { } end && now < end + skew && !(notBefore > now + skew);
}
