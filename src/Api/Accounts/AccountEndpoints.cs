// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.OpenApi;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Accounts;

/// <summary>People and programs that can sign in.</summary>
internal static class AccountEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var accounts = api.MapGroup("/accounts").WithTags("people");
        accounts.MapGet("", (AccountCommands commands) => commands.List())
            .NeedsEverywhere(Capability.Administer)
            .WithName("listAccounts").WithSummary("All accounts, by name.")
            .Produces<Page<AccountView>>().Fails(503);
        accounts.MapGet("/{name}", (string name, AccountCommands commands) => commands.Get(name))
            .NeedsEverywhere(Capability.Administer)
            .WithName("getAccount").WithSummary("An account, and the groups it is in.")
            .Produces<AccountView>().Fails(404, 503);
        accounts.MapPut("/{name}", (string name, HttpContext http, AccountCommands commands) => commands.Put(name, http))
            .NeedsEverywhere(Capability.Administer).Commands("account.put")
            .WithName("putAccount").WithSummary("Makes a local account, or changes what is given. A new password, and being disabled, end its sessions.")
            .WithDescription("Accounts are disabled, never deleted: their names stay on jobs and in the audit. A password has at least 15 characters; its composition does not matter.")
            .Accepts<AccountRequest>("application/json").Produces<AccountView>(201).Produces<AccountView>().Fails(400, 409, 413, 415, 422, 503);
    }
}
