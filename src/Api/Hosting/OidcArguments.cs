// SPDX-License-Identifier: BSD-3-Clause
using System.CommandLine;
using System.CommandLine.Parsing;
using Tci.Api.SignIn;

namespace Tci.Api.Hosting;

/// <summary>How the command line names an OIDC issuer.</summary>
internal static class OidcArguments
{
    private static readonly Option<string?> s_authority = new("--oidc-authority") { Description = "Issuer whose tokens sign people in too, for example https://login.example.org/realms/lab." };

    private static readonly Option<string?> s_audience = new("--oidc-audience") { Description = "What its tokens for this server name as their audience." };

    private static readonly Option<string> s_account = new("--oidc-account-claim") { Description = "Claim that names a person, for ever.", DefaultValueFactory = _ => "sub" };

    private static readonly Option<string> s_group = new("--oidc-group-claim") { Description = "Claim whose values are mapped to groups.", DefaultValueFactory = _ => "groups" };

    private static readonly Option<string[]> s_map = new("--oidc-map") { Description = "VALUE=GROUP: who has this value of the group claim is in this group of TCI. May be repeated.", DefaultValueFactory = _ => [] };

    public static IReadOnlyList<Option> All => [s_authority, s_audience, s_account, s_group, s_map];

    public static void Check(CommandResult result)
    {
        if (result.GetValue(s_authority) is { } authority && OidcOptions.Check(authority, result.GetValue(s_audience)) is { } problem) result.AddError(problem);
        foreach (var pair in (result.GetValue(s_map) ?? []).Where(p => p.LastIndexOf('=') < 1 || p.EndsWith('='))) result.AddError($"--oidc-map takes VALUE=GROUP, not '{pair}'.");
    }

    /// <summary>Null where no issuer is named.</summary>
    public static OidcOptions? Read(ParseResult parsed) => parsed.GetValue(s_authority) is not { } authority ? null : new OidcOptions
    {
        Authority = new Uri(authority),
        Audience = parsed.GetValue(s_audience)!,
        AccountClaim = parsed.GetValue(s_account) ?? "sub",
        GroupClaim = parsed.GetValue(s_group) ?? "groups",
        // Values may hold an equals sign themselves (cn=ops,dc=example), groups cannot.
        Groups = (parsed.GetValue(s_map) ?? []).GroupBy(p => p[..p.LastIndexOf('=')]).ToDictionary(g => g.Key, g => g.Last()[(g.Key.Length + 1)..]),
    };
}
