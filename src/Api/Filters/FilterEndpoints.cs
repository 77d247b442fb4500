// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.OpenApi;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Filters;

/// <param name="Point">Whose probe compiles it.</param>
public sealed record FilterQuestion(PointId Point, string Filter);

/// <param name="Instructions">Length of the compiled program.</param>
public sealed record FilterAnswer(int Instructions);

/// <summary>Filters, tried out.</summary>
internal static class FilterEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/filters/check", Check)
            .NeedsSignIn()
            .WithName("checkFilter").WithTags("filters").WithSummary("Compiles a filter as a job would, and makes nothing.")
            .Accepts<FilterQuestion>("application/json").Produces<FilterAnswer>()
            .Fails(400, 413, 415, 422, 503);
    }

    private static async Task<IResult> Check(HttpContext http, RequestBody body, FilterGate gate)
    {
        var question = await body.Read<FilterQuestion>(http);
        if (!question.Ok) return question.Problem.ToResult();
        if (!http.Rights().Knows(question.Value.Point)) return (FilterGate.NoSuchPoint(question.Value.Point) with { Field = "point" }).ToResult();
        if (await gate.UnknownPoint([question.Value.Point]) is { } unknown) return (unknown with { Field = "point" }).ToResult();
        var answer = await gate.Check(question.Value.Point.Probe, question.Value.Filter, http.RequestAborted);
        return answer.Ok ? Results.Json(new FilterAnswer(answer.Value.Instructions), ContractJson.Options) : answer.Problem.ToResult();
    }
}
