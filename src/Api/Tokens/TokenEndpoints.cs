// SPDX-License-Identifier: BSD-3-Clause
using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.Audit;
using Tci.Api.OpenApi;
using Tci.Api.Problems;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Tokens;

/// <summary>Tokens by which programs sign in.</summary>
internal static class TokenEndpoints
{
    private const string Current = "current";

    public static void Map(RouteGroupBuilder api)
    {
        var tokens = api.MapGroup("/tokens").WithTags("people");
        tokens.MapGet("", List)
            .NeedsSignIn()
            .WithName("listTokens").WithSummary("One's own tokens and sessions, newest first, at most 1000; without their texts, which are nowhere.")
            .Produces<Page<TokenView>>().Fails(400, 503);
        tokens.MapPost("", (HttpContext http, MakeToken make) => make.Run(http))
            .NeedsSignIn().Commands("token.make")
            .WithName("makeToken").WithSummary("Makes a token and shows its text, once.")
            .WithDescription("It can do what its account may, narrowed by its scope and by that of the token that asks; where that is no session, it lasts no longer either.")
            .Accepts<TokenRequest>("application/json").Produces<MadeToken>(201).Fails(400, 413, 415, 422, 503);
        tokens.MapDelete("/{id}", Revoke)
            .NeedsSignIn().Commands("token.revoke")
            .WithName("revokeToken").WithSummary("Makes a token worthless at once: one's own, or anyone's for administrators. 'current' is the one that asks.")
            .Produces(204).Fails(404, 409, 503);
    }

    private static async Task<IResult> List(
        [Description("Everyone's; for administrators.")] bool? everyone, HttpContext http, ITokens tokens)
    {
        var rights = http.Rights();
        if (everyone == true && !rights.MayEverywhere(Capability.Administer)) return RightsMiddleware.Lacks(Capability.Administer, " on everything").ToResult();
        return Results.Json(new Page<TokenView>(await tokens.Tokens(everyone == true ? null : rights.Account), null), ContractJson.Options);
    }

    private static async Task<IResult> Revoke(string id, HttpContext http, ITokens tokens, CommandAudit audit, RightsCache rights)
    {
        var me = http.SignedIn();
        if (id == Current && me.Token is null) return new Problem(ProblemCodes.Conflict, "This sign-in is one of elsewhere and ends there.").ToResult();
        var token = id == Current ? me.Token!.Id : id;
        var isMine = id == Current || me.Rights.MayEverywhere(Capability.Administer) || (await tokens.Tokens(me.Caller.Name)).Any(t => t.Id == token);
        if (!isMine || !await tokens.Revoke(token, audit.Entry(http, token))) return new Problem(ProblemCodes.NotFound, $"There is no token {ProblemResults.Shown(id)}.").ToResult();
        // Streams that were opened with it look again.
        rights.Forget();
        return Results.NoContent();
    }
}
