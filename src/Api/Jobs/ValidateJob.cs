// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Filters;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <param name="Ok">Nothing was found wrong.</param>
public sealed record Validity(bool Ok);

/// <summary>
/// Looks at a job without making it: the form of its JSON, what a job would say that is handed in (points and what they admit, limits, names,
/// processing, labels, the start), and whether the probe of each point can compile its filter.
/// </summary>
internal sealed class ValidateJob(GrainCalls calls, FilterGate filters, RequestBody body)
{
    public async Task<IResult> Run(HttpContext http)
    {
        var spec = await body.Read<JobSpec>(http);
        if (!spec.Ok) return spec.Problem.ToResult();
        var points = spec.Value.Points;
        if (points.Count is 0 or > FilterGate.PointsMax)
            return new Problem(ProblemCodes.InvalidRequest, $"A job has 1 to {FilterGate.PointsMax} points; this one has {points.Count}.", Field: "points").ToResult();
        var nobody = new JobId($"job-check-{Guid.NewGuid():N}");
        var problem = CreationRules.Check(http.Rights(), spec.Value)
            ?? await filters.UnknownPoint(points)
            ?? (await calls.Ask("The job", g => g.Job(nobody).Check(new CheckJob(spec.Value)))).Problem
            ?? await filters.Check(spec.Value, http.RequestAborted);
        return problem?.ToResult() ?? Results.Json(new Validity(true), ContractJson.Options);
    }
}
