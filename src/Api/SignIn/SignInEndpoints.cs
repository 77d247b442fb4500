// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.Accounts;
using Tci.Api.OpenApi;
using Tci.Api.Rights;
using Tci.Api.Tokens;

namespace Tci.Api.SignIn;

/// <summary>Signing in, and who one is then.</summary>
internal static class SignInEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/sign-in", (HttpContext http, PasswordSignIn signIn) => signIn.Run(http))
            .OpenToAll().Commands("session.begin")
            .WithName("signIn").WithTags("people").WithSummary("Signs a local account in by its password: a token for some hours. DELETE /tokens/current ends it.")
            .Accepts<SignInRequest>("application/json").Produces<MadeToken>(201).Fails(400, 413, 415, 503);
        api.MapGet("/me", (HttpContext http, ReadMe me) => me.Run(http))
            .NeedsSignIn()
            .WithName("getMe").WithTags("people").WithSummary("Who one is, what one may do where, and what is used of which quota.")
            .Produces<Me>().Fails(503);
        api.MapPut("/me/password", (HttpContext http, ChangePassword change) => change.Run(http))
            .NeedsSignIn().Commands("account.password")
            .WithName("changePassword").WithTags("people").WithSummary("Changes one's own password; all sessions end.")
            .Accepts<PasswordChange>("application/json").Produces(204).Fails(400, 409, 413, 415, 503);
    }
}
