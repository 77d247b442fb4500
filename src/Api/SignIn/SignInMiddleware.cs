// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tci.Api.Problems;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.SignIn;

/// <summary>
/// Lets nobody under /api without a bearer token (RFC 6750) that is known, but to what is open to all. It answers before it matters whether a path is there:
/// an unknown one tells nothing either.
/// </summary>
internal sealed class SignInMiddleware(RequestDelegate next, BearerTokens tokens, ILogger<SignInMiddleware> log)
{
    private const string Scheme = "Bearer ";

    public async Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments("/api") || http.GetEndpoint()?.Metadata.GetMetadata<Need>() is { Place: NeedPlace.Open })
        {
            await next(http);
            return;
        }

        var token = Token(http.Request);
        if (token is not null && await tokens.SignIn(token, Callers.From(http)) is { } signedIn)
        {
            http.Features.Set(signedIn.Caller);
            http.Features.Set(signedIn);
            await next(http);
            return;
        }

        Log.NotSignedIn(log, Callers.From(http));
        await Refuse(http, token is not null);
    }

    /// <summary>The bearer token as it was sent; null where there is none, or more than one.</summary>
    public static string? Token(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        if (header.Count != 1 || header[0] is not { } value || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        return value[Scheme.Length..].Trim();
    }

    private static Task Refuse(HttpContext http, bool hadToken)
    {
        http.Response.Headers.WWWAuthenticate = hadToken ? """Bearer realm="tci", error="invalid_token" """.TrimEnd() : """Bearer realm="tci" """.TrimEnd();
        var message = hadToken
            ? "This token is not known, or not any more. Use the one that the server wrote at its first start, sign in again, or ask an administrator for one."
            : "Send a token: 'Authorization: Bearer tci_…'. At its first start the server wrote one to the file admin-token in its data folder.";
        return new ProblemResult(new Problem(ProblemCodes.Unauthenticated, message)).ExecuteAsync(http);
    }
}
