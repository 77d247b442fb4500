// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tci.Contracts;

namespace Tci.Api.Rights;

/// <summary>Who makes a request and what they may, as a feature of it.</summary>
/// <param name="Token">What they signed in by; null where that was a token of elsewhere (OIDC).</param>
/// <param name="Expires">When the sign-in ends by itself.</param>
internal sealed record SignedIn(Caller Caller, CallerRights Rights, TokenView? Token, DateTimeOffset? Expires);

internal static class SignedInCallers
{
    public static SignedIn SignedIn(this HttpContext http) => http.Features.GetRequiredFeature<SignedIn>();

    public static CallerRights Rights(this HttpContext http) => http.SignedIn().Rights;
}
