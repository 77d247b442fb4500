// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Audit;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Tokens;

/// <param name="Name">1 to 100 characters, for people.</param>
/// <param name="Expires">At most five years ahead; 90 days where it is left out.</param>
/// <param name="Scope">Narrows it; what the token that asks does not have it cannot give.</param>
/// <param name="Account">Whose; one's own where it is left out, another's for administrators.</param>
public sealed record TokenRequest(string Name, DateTimeOffset? Expires = null, TokenScope? Scope = null, string? Account = null);

/// <param name="Text">What is sent as the bearer token. It is shown this once.</param>
public sealed record MadeToken(string Text, TokenView Token);

/// <summary>Makes tokens for programs. None can do more, nor longer, than the one that asks for it.</summary>
internal sealed class MakeToken(ITokens tokens, IAccounts accounts, CommandAudit audit, RequestBody body, TimeProvider clock)
{
    private const int NameLengthMax = 100;
    private static readonly TimeSpan s_lengthUsual = TimeSpan.FromDays(90);
    private static readonly TimeSpan s_lengthMax = TimeSpan.FromDays(5 * 366);

    public async Task<IResult> Run(HttpContext http)
    {
        var request = await body.Read<TokenRequest>(http);
        if (!request.Ok) return request.Problem.ToResult();
        var me = http.SignedIn();
        var account = request.Value.Account ?? me.Caller.Name;
        if (account != me.Caller.Name && !me.Rights.MayEverywhere(Capability.Administer)) return RightsMiddleware.Lacks(Capability.Administer, " on everything").ToResult();
        if (await accounts.Account(account) is null) return Bad($"There is no account {ProblemResults.Shown(account)}.", "account");
        var now = clock.GetUtcNow();
        var expires = request.Value.Expires ?? Sooner(now + s_lengthUsual, LongestOf(me));
        if (Wrong(request.Value, expires, now, me) is { } problem) return problem;
        var token = new TokenView(NewId(), account, request.Value.Name, TokenKind.Api, now, expires, null, Narrowed(request.Value.Scope, me.Token?.Scope));
        return Answer(await tokens.Make(token, audit.Entry(http, token.Id, $"for {account} until {expires.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}")));
    }

    public static string NewId() => "token-" + IdCharacters.Of("", null);

    /// <summary>201, never to be kept by anything on the way.</summary>
    public static IResult Answer(NewToken made) => new OnceShown(new MadeToken(made.Text, made.Token));

    private static IResult? Wrong(TokenRequest request, DateTimeOffset expires, DateTimeOffset now, SignedIn me)
    {
        if (request.Name.Length is 0 or > NameLengthMax || string.IsNullOrWhiteSpace(request.Name) || request.Name.Any(char.IsControl))
            return new Problem(ProblemCodes.NameInvalid, $"The name of a token has 1 to {NameLengthMax} characters, not only spaces and no control characters.", Field: "name").ToResult();
        if (expires <= now || expires > now + s_lengthMax) return Bad("A token expires in the future, and within five years.", "expires");
        if (expires > LongestOf(me)) return Bad($"This token expires at {LongestOf(me):O}; it cannot make one that lasts longer.", "expires");
        return request.Scope is { Capabilities.Count: 0 } or { Points.Count: 0 } ? Bad("A scope of nothing is no use; leave the member out to narrow nothing.", "scope") : null;
    }

    // A session is a person at work, who may make a token that outlasts it. A program's token may not renew itself for ever.
    private static DateTimeOffset LongestOf(SignedIn me) => me.Token is { Kind: TokenKind.Api, Expires: { } expires } ? expires : DateTimeOffset.MaxValue;

    private static DateTimeOffset Sooner(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static TokenScope? Narrowed(TokenScope? asked, TokenScope? own)
    {
        if (asked is null || own is null) return asked ?? own;
        return new TokenScope(Both(asked.Capabilities, own.Capabilities), Both(asked.Points, own.Points));
    }

    private static IReadOnlyList<T>? Both<T>(IReadOnlyList<T>? asked, IReadOnlyList<T>? own) => asked is null || own is null ? asked ?? own : [.. asked.Intersect(own)];

    private static IResult Bad(string message, string field) => new Problem(ProblemCodes.InvalidRequest, message, Field: field).ToResult();

    private sealed class OnceShown(MadeToken token) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.CacheControl = "no-store";
            return Results.Json(token, ContractJson.Options, statusCode: StatusCodes.Status201Created).ExecuteAsync(httpContext);
        }
    }
}
