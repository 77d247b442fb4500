// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Api.SignIn;

/// <summary>Where people sign in whom TCI does not know itself (OpenID Connect Core 1.0; docs/operating/rights.md).</summary>
public sealed record OidcOptions
{
    /// <summary>The issuer; <c>/.well-known/openid-configuration</c> below it names its keys. https, but on this machine itself.</summary>
    public required Uri Authority { get; init; }

    /// <summary>What tokens for TCI name as their audience.</summary>
    public required string Audience { get; init; }

    /// <summary>The claim that names a person, for ever; the account is <c>oidc:</c> and its value.</summary>
    public string AccountClaim { get; init; } = "sub";

    /// <summary>The claim whose values are mapped to groups.</summary>
    public string GroupClaim { get; init; } = "groups";

    /// <summary>From a value of that claim to a group of TCI. Values that are not here mean nothing.</summary>
    public IReadOnlyDictionary<string, string> Groups { get; init; } = new Dictionary<string, string>();

    /// <summary>Clocks may differ by so much.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For the issuer to answer.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Keys are asked for again this often at most, where a token names one that is not known.</summary>
    public TimeSpan KeysEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What is wrong with it, for the command line; null where nothing is.</summary>
    public static string? Check(string authority, string? audience)
    {
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var uri) || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
            return $"--oidc-authority takes an https address, not '{authority}'.";
        return string.IsNullOrWhiteSpace(audience) ? "--oidc-authority needs --oidc-audience: what tokens for this server name as their audience." : null;
    }
}
