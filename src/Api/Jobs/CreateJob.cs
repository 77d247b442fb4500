// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Filters;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Api.SignIn;
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <summary>
/// Accepts a job: 201 once it is stored; 200 with the same job where the request was made before. What is accepted the store audits in the
/// transaction that creates it, what is refused is audited here.
/// </summary>
internal sealed class CreateJob(GrainCalls calls, ICatalog catalog, FilterGate filters, CommandAudit audit, RequestBody body)
{
    public const string ReplayedHeader = "Idempotent-Replayed";

    public async Task<IResult> Run(HttpContext http)
    {
        var (key, problem) = IdempotencyKey.Read(http.Request);
        if (problem is not null) return await Refuse(http, "jobs", problem);
        var spec = await body.Read<JobSpec>(http);
        if (!spec.Ok) return await Refuse(http, "jobs", spec.Problem);
        var id = key is null ? JobIds.Random() : JobIds.Derived(http.Caller().Name, key);
        var isRepeated = key is not null && await catalog.Job(id) is not null;
        return await Submit(http, id, new SubmitJob(spec.Value, http.Caller(), key), isRepeated);
    }

    private async Task<IResult> Submit(HttpContext http, JobId id, SubmitJob request, bool isRepeated)
    {
        // A repeated request was checked when it was first made, and its probe may be away by now.
        if (!isRepeated && await filters.Check(request.Spec, http.RequestAborted) is { } bad) return await Refuse(http, id.Value, bad);
        var answer = await calls.Ask($"The job {id}", g => g.Job(id).Submit(request));
        if (!answer.Ok) return await Refuse(http, id.Value, answer.Problem);
        if (isRepeated) http.Response.Headers[ReplayedHeader] = "true";
        else http.Response.Headers.Location = $"/api/v1/jobs/{id}";
        return JobAnswers.Of(http, answer.Value, isRepeated ? StatusCodes.Status200OK : StatusCodes.Status201Created);
    }

    private async Task<IResult> Refuse(HttpContext http, string resource, Problem problem)
    {
        await audit.Write(http.Caller(), "job.create", resource, problem);
        return problem.ToResult();
    }
}
