// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.OpenApi;
using Tci.Api.Problems;
using Tci.Contracts;

namespace Tci.Api.Points;

/// <summary>Where traffic can be taken from: capture points and the probes they are on.</summary>
internal static class PointEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/points", async (ICatalog catalog) => Results.Json(new Page<PointView>(await catalog.Points(), null), ContractJson.Options))
            .WithName("listPoints").WithTags("points").WithSummary("All capture points.")
            .Produces<Page<PointView>>().Fails(401, 503);
        api.MapPost("/points", (HttpContext http, AddPoint add) => add.Run(http))
            .WithName("addPoint").WithTags("points").WithSummary("Adds a capture point. Adding the same one again is harmless and answers 200.")
            .Accepts<NewPoint>("application/json").Produces<PointView>(201).Produces<PointView>().Fails(400, 401, 409, 413, 415, 422, 503);
        api.MapGet("/points/{probe}/{name}", Read)
            .WithName("getPoint").WithTags("points").WithSummary("A capture point, and how many captures use it now.")
            .Produces<PointView>().Fails(401, 404, 503);
        api.MapGet("/probes", async (ICatalog catalog) => Results.Json(new Page<ProbeView>(await catalog.Probes(), null), ContractJson.Options))
            .WithName("listProbes").WithTags("points").WithSummary("All probes that ever reported.")
            .Produces<Page<ProbeView>>().Fails(401, 503);
    }

    private static async Task<IResult> Read(string probe, string name, GrainCalls calls)
    {
        if (!PointId.TryParse($"{probe}/{name}", out var point))
            return new Problem(ProblemCodes.NotFound, $"There is no capture point {ProblemResults.Shown($"{probe}/{name}")}.").ToResult();
        var answer = await calls.Ask($"The point {point}", g => g.Point(point).Get(new GetPoint()));
        return answer.Ok ? Results.Json(answer.Value, ContractJson.Options) : answer.Problem.ToResult();
    }
}
