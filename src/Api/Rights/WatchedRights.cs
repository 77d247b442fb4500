// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.SignIn;

namespace Tci.Api.Rights;

/// <summary>What a caller may while an answer goes on for long: looked at again after every change on this server, and every few seconds.</summary>
internal sealed class WatchedRights(HttpContext http, BearerTokens tokens, RightsCache cache, ApiOptions options, TimeProvider clock)
{
    private long _changes = cache.Changes;
    private long _at = clock.GetTimestamp();

    public CallerRights Rights { get; private set; } = http.Rights();

    /// <summary>False once the caller is no longer signed in.</summary>
    public async Task<bool> Renew()
    {
        var changes = cache.Changes;
        if (changes == _changes && clock.GetElapsedTime(_at) < options.RightsCachedMax) return true;
        if (SignInMiddleware.Token(http.Request) is not { } token || await tokens.SignIn(token, http.SignedIn().Caller.From) is not { } again) return false;
        (_changes, _at, Rights) = (changes, clock.GetTimestamp(), again.Rights);
        return true;
    }
}
