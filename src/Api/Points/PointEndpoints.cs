// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.OpenApi;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Points;

/// <summary>Where traffic can be taken from: capture points and the probes they are on.</summary>
internal static class PointEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/points", List)
            .NeedsSignIn()
            .WithName("listPoints").WithTags("points").WithSummary("All capture points, or those of one group of points.")
            .Produces<Page<PointView>>().Fails(503);
        api.MapPost("/points", (HttpContext http, AddPoint add) => add.Run(http))
            .Needs(Capability.ManagePoints).Commands("point.add")
            .WithName("addPoint").WithTags("points").WithSummary("Adds a capture point. Adding the same one again is harmless and answers 200.")
            .Accepts<NewPoint>("application/json").Produces<PointView>(201).Produces<PointView>().Fails(400, 409, 413, 415, 422, 503);
        var point = api.MapGroup("/points/{probe}/{name}").WithTags("points");
        point.MapGet("", (string probe, string name, HttpContext http, PointCommands commands) => commands.Get(probe, name, http))
            .NeedsOnPoint(Capability.See)
            .WithName("getPoint").WithSummary("A capture point, and how many captures use it now.")
            .Produces<PointView>().Fails(404, 503);
        Order(point.MapPut("/limits", (string probe, string name, HttpContext http, PointCommands commands) => commands.Limit(probe, name, http)))
            .NeedsOnPoint(Capability.ManagePoints).Commands("point.limit")
            .WithName("limitPoint").WithSummary("Sets what a capture point admits. A member that is left out takes its default.")
            .Accepts<PointLimits>("application/json").Fails(413, 415, 422);
        Order(point.MapDelete("", (string probe, string name, HttpContext http, PointCommands commands) => commands.Remove(probe, name, http)))
            .NeedsOnPoint(Capability.ManagePoints).Commands("point.remove")
            .WithName("removePoint").WithSummary("Takes a capture point away: nothing new is admitted, captures that run go on to their end. Adding it brings it back.");
        Order(point.MapPut("/maintenance", (string probe, string name, HttpContext http, PointCommands commands) => commands.Maintain(probe, name, http)))
            .NeedsOnPoint(Capability.ManagePoints).Commands("point.maintain")
            .WithName("maintainPoint").WithSummary("Begins maintenance: captures that run go on to their end, jobs that want to start wait and say why.")
            .Accepts<MaintenanceReason>("application/json").Fails(413, 415, 422);
        Order(point.MapDelete("/maintenance", (string probe, string name, HttpContext http, PointCommands commands) => commands.EndMaintenance(probe, name, http)))
            .NeedsOnPoint(Capability.ManagePoints).Commands("point.end-maintenance")
            .WithName("endPointMaintenance").WithSummary("Ends maintenance: those who wait are admitted. Repeating it is harmless.");
        MapProbes(api);
    }

    private static void MapProbes(RouteGroupBuilder api)
    {
        api.MapGet("/probes", ListProbes)
            .NeedsSignIn()
            .WithName("listProbes").WithTags("points").WithSummary("All probes that ever reported.")
            .Produces<Page<ProbeView>>().Fails(503);
        api.MapGet("/probes/{id}", ReadProbe)
            .NeedsOnProbe(Capability.See)
            .WithName("getProbe").WithTags("points").WithSummary("A probe: whether it is there, its disk, load and clock, and captures on it that belong to no job.")
            .Produces<ProbeView>().Fails(404, 503);
    }

    private static async Task<IResult> List(HttpContext http, ICatalog catalog, IGroups groups, string? group = null)
    {
        var points = (await catalog.Points()).Where(p => http.Rights().Knows(p.Id));

        // A group that is not there is like one without points: who may not list groups learns nothing of which there are.
        if (group is not null)
        {
            var members = (await groups.Group(GroupKind.Points, group))?.Members ?? [];
            points = points.Where(p => members.Contains(p.Id.Value));
        }

        return Results.Json(new Page<PointView>([.. points], null), ContractJson.Options);
    }

    private static async Task<IResult> ListProbes(HttpContext http, ICatalog catalog) =>
        Results.Json(new Page<ProbeView>([.. (await catalog.Probes()).Where(p => http.Rights().Knows(p.Id))], null), ContractJson.Options);

    private static async Task<IResult> ReadProbe(string id, GrainCalls calls)
    {
        if (!ProbeId.TryParse(id, out var probe)) return new Problem(ProblemCodes.NotFound, $"There is no probe {ProblemResults.Shown(id)}.").ToResult();
        var answer = await calls.Ask($"The probe {probe}", g => g.Probe(probe).Get(new GetProbe()));
        return answer.Ok ? Results.Json(answer.Value, ContractJson.Options) : answer.Problem.ToResult();
    }

    private static RouteHandlerBuilder Order(RouteHandlerBuilder endpoint) =>
        endpoint.Produces<PointView>().Fails(400, 404, 412, 503).TakesHeader(Versions.Header, Versions.Description);
}
