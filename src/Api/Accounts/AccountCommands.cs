// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Audit;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Accounts;

/// <summary>What an account becomes; a member that is left out stays as it is.</summary>
/// <param name="DisplayName">1 to 200 characters.</param>
/// <param name="Password">None is needed: an account may have tokens only.</param>
public sealed record AccountRequest(string? DisplayName = null, string? Password = null, bool? Disabled = null);

/// <summary>Shows accounts, makes them and changes them.</summary>
internal sealed class AccountCommands(IAccounts accounts, CommandAudit audit, RequestBody body, RightsCache rights)
{
    /// <summary>Who is always there to let others in.</summary>
    public const string First = "admin";

    private const int DisplayNameLengthMax = 200;

    public async Task<IResult> List() => Results.Json(new Page<AccountView>(await accounts.Accounts(), null), ContractJson.Options);

    public async Task<IResult> Get(string name) => await accounts.Account(name) is { } account ? Results.Json(account, ContractJson.Options) : Unknown(name).ToResult();

    public async Task<IResult> Put(string name, HttpContext http)
    {
        var request = await body.Read<AccountRequest>(http);
        if (!request.Ok) return request.Problem.ToResult();
        var known = await accounts.Account(name);
        if (Obstacle(name, known, request.Value) is { } problem) return problem.ToResult();
        var hash = request.Value.Password is { } password ? await Task.Run(() => Passwords.Hash(password)) : null;
        var change = new AccountChange(name, request.Value.DisplayName, hash, request.Value.Disabled);
        var isNew = await accounts.Put(change, audit.Entry(http, $"accounts/{name}", Told(request.Value)));
        rights.Forget();
        return Results.Json(await accounts.Account(name), ContractJson.Options, statusCode: isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static Problem? Obstacle(string name, AccountView? known, AccountRequest request)
    {
        if (known is null && !AccountNames.IsValid(name)) return AccountNames.Bad("an account");
        if (known is { Kind: AccountKind.Oidc } && request.Password is not null) return new Problem(ProblemCodes.Conflict, $"{name} signs in elsewhere and has no password here.", Field: "password");
        if (name == First && request.Disabled == true) return new Problem(ProblemCodes.Conflict, "The first administrator cannot be disabled: nobody could let anyone in again.", Field: "disabled");
        if (request.DisplayName is { } shown && (shown.Length > DisplayNameLengthMax || string.IsNullOrWhiteSpace(shown) || shown.Any(char.IsControl)))
            return new Problem(ProblemCodes.NameInvalid, $"A display name has 1 to {DisplayNameLengthMax} characters, not only spaces and no control characters.", Field: "displayName");
        return request.Password is null ? null : Passwords.Check(request.Password, name);
    }

    private static string Told(AccountRequest request)
    {
        string?[] parts = [request.DisplayName is null ? null : "display name", request.Password is null ? null : "password", request.Disabled is { } d ? (d ? "disabled" : "enabled") : null];
        return string.Join(", ", parts.OfType<string>());
    }

    private static Problem Unknown(string name) => new(ProblemCodes.NotFound, $"There is no account {ProblemResults.Shown(name)}.");
}
