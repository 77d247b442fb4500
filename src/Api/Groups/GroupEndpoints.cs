// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.OpenApi;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Groups;

/// <summary>Groups of accounts, and groups of points.</summary>
internal static class GroupEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        Map(api.MapGroup("/groups").WithTags("people"), GroupKind.Accounts, "Group", "accounts");
        Map(api.MapGroup("/point-groups").WithTags("people"), GroupKind.Points, "PointGroup", "points");
    }

    private static void Map(RouteGroupBuilder groups, GroupKind kind, string name, string what)
    {
        var noun = kind == GroupKind.Points ? "point-group" : "group";
        groups.MapGet("", (GroupCommands commands) => commands.List(kind))
            .NeedsEverywhere(Capability.Administer)
            .WithName($"list{name}s").WithSummary($"All groups of {what}, by name.")
            .Produces<Page<GroupView>>().Fails(503);
        groups.MapPut("/{name}", (string name, HttpContext http, GroupCommands commands) => commands.Put(kind, name, http))
            .NeedsEverywhere(Capability.Administer).Commands($"{noun}.put")
            .WithName($"put{name}").WithSummary($"Makes a group of {what}, or gives it these members in place of those it has.")
            .Accepts<GroupRequest>("application/json").Produces<GroupView>(201).Produces<GroupView>().Fails(400, 413, 415, 422, 503);
        groups.MapDelete("/{name}", (string name, HttpContext http, GroupCommands commands) => commands.Remove(kind, name, http))
            .NeedsEverywhere(Capability.Administer).Commands($"{noun}.remove")
            .WithName($"remove{name}").WithSummary("Takes a group away, with the grants and quotas that name it.")
            .Produces(204).Fails(404, 503);
    }
}
