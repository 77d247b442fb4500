// SPDX-License-Identifier: BSD-3-Clause
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tci.Api.Audit;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Accounts;

/// <param name="Current">The password so far.</param>
public sealed record PasswordChange(string Current, string Password);

/// <summary>Changes a caller's own password. The old one is asked for: a token alone must not be enough to take an account over.</summary>
internal sealed class ChangePassword(PasswordGate gate, IAccounts accounts, CommandAudit audit, RequestBody body, RightsCache rights, TimeProvider clock)
{
    public async Task<IResult> Run(HttpContext http)
    {
        var change = await body.Read<PasswordChange>(http);
        if (!change.Ok) return change.Problem.ToResult();
        var account = http.SignedIn().Caller.Name;
        if (Passwords.Check(change.Value.Password, account) is { } bad) return bad.ToResult();
        var verdict = await gate.Try(account, change.Value.Current);
        if (!verdict.Ok) return verdict.Problem.ToResult();
        if (verdict.Value.LockedUntil is { } until)
        {
            http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling((until - clock.GetUtcNow()).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return new Problem(ProblemCodes.LockedOut, "Too many wrong passwords. Try again later.").ToResult();
        }

        if (!verdict.Value.Fits) return new Problem(ProblemCodes.Forbidden, "The current password is not right.", Field: "current").ToResult();
        var hash = await Task.Run(() => Passwords.Hash(change.Value.Password));
        await accounts.Put(new AccountChange(account, null, hash, null), audit.Entry(http, $"accounts/{account}"));
        rights.Forget();
        return Results.NoContent();
    }
}
