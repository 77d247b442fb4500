// SPDX-License-Identifier: BSD-3-Clause
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tci.Api.Accounts;
using Tci.Api.Audit;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Api.Tokens;
using Tci.Contracts;

namespace Tci.Api.SignIn;

/// <param name="Account">Of a local account.</param>
public sealed record SignInRequest(string Account, string Password);

/// <summary>Signs a local account in by its password: a token for some hours. Why it failed, it does not say.</summary>
internal sealed class PasswordSignIn(PasswordGate gate, ITokens tokens, IAudit audit, RequestBody body, ApiOptions options, TimeProvider clock)
{
    private const string Action = "session.begin";

    public async Task<IResult> Run(HttpContext http)
    {
        var request = await body.Read<SignInRequest>(http);
        if (!request.Ok) return request.Problem.ToResult();
        var (account, password) = request.Value;
        var verdict = await gate.Try(account, password);
        if (!verdict.Ok) return verdict.Problem.ToResult();
        // Costs the caller nothing, so it is audited as what strangers do, so many a second.
        if (verdict.Value.LockedUntil is { } until) return Locked(http, until);
        http.Features.Set(new Caller(AccountNames.IsValid(account) ? account : "unknown", Callers.From(http)));
        if (!verdict.Value.Fits) return await Refuse(http, account);
        return await Begin(http, account);
    }

    private async Task<IResult> Begin(HttpContext http, string account)
    {
        var now = clock.GetUtcNow();
        var token = new TokenView(MakeToken.NewId(), account, "session", TokenKind.Session, now, now + options.SessionLength, null, null);
        var made = await tokens.Make(token, new AuditEntry(now, http.Caller(), Action, token.Id, CommandAudit.Accepted));
        return MakeToken.Answer(made);
    }

    private async Task<IResult> Refuse(HttpContext http, string account)
    {
        var problem = new Problem(ProblemCodes.Unauthenticated, "Account or password are not right, or this account cannot sign in with a password.");
        // Under the name that was tried, which is what someone who looks into it asks for.
        await audit.Write(new AuditEntry(clock.GetUtcNow(), http.Caller(), Action, AccountNames.IsValid(account) ? $"accounts/{account}" : "accounts", problem.Code));
        CommandAudit.MarkWritten(http);
        return problem.ToResult();
    }

    private IResult Locked(HttpContext http, DateTimeOffset until)
    {
        var wait = Math.Max(1, (int)Math.Ceiling((until - clock.GetUtcNow()).TotalSeconds));
        http.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        return new Problem(ProblemCodes.LockedOut, $"{options.SignInFailuresMax} sign-ins with this name failed. The next is looked at in {wait} s.").ToResult();
    }
}
