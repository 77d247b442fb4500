// SPDX-License-Identifier: BSD-3-Clause
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.SignIn;

/// <summary>Whose a bearer token is, and what it lets them do. A token that was revoked is unknown at once: it is looked up for every request.</summary>
internal sealed class BearerTokens(ITokens tokens, OidcTokens oidc, RightsCache rights)
{
    private const string OwnPrefix = "tci_";
    private const int LengthMax = 16 * 1024;

    /// <summary>Null where the token is not known, has expired, or its account is disabled.</summary>
    public async Task<SignedIn?> SignIn(string text, string from)
    {
        if (text.StartsWith(OwnPrefix, StringComparison.Ordinal)) return await tokens.Find(text) is { } token ? await Of(token.Account, from, token, token.Expires) : null;
        return text.Length <= LengthMax && await oidc.Find(text) is { } caller ? await Of(caller.Account, from, null, caller.Expires) : null;
    }

    private async Task<SignedIn?> Of(string account, string from, TokenView? token, DateTimeOffset? expires)
    {
        var granted = await rights.Of(account);
        return granted.IsDisabled ? null : new SignedIn(new Caller(account, from), new CallerRights(account, granted, token?.Scope), token, expires);
    }
}
