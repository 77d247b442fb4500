// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.OpenApi;
using Tci.Contracts;

namespace Tci.Api.Rights;

/// <summary>Who may do what, where.</summary>
internal static class GrantEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var grants = api.MapGroup("/grants").WithTags("people");
        grants.MapGet("", (GrantCommands commands) => commands.List())
            .NeedsEverywhere(Capability.Administer)
            .WithName("listGrants").WithSummary("All grants, oldest first.")
            .Produces<Page<Grant>>().Fails(503);
        grants.MapPost("", (HttpContext http, GrantCommands commands) => commands.Add(http))
            .NeedsEverywhere(Capability.Administer).Commands("grant.add")
            .WithName("addGrant").WithSummary("Grants a role, or capabilities, on a point, a group of points, or everything.")
            .Accepts<GrantRequest>("application/json").Produces<Grant>(201).Fails(400, 413, 415, 422, 503);
        grants.MapDelete("/{id}", (string id, HttpContext http, GrantCommands commands) => commands.Remove(id, http))
            .NeedsEverywhere(Capability.Administer).Commands("grant.remove")
            .WithName("removeGrant").WithSummary("Takes a grant away; that counts at once.")
            .Produces(204).Fails(404, 409, 503);
    }
}
