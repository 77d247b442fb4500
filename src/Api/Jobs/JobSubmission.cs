// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Audit;
using Tci.Api.Filters;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Api.Rights;
using Tci.Api.SignIn;
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <param name="Action">What the audit calls it.</param>
/// <param name="Key">The caller's name for the request, null where there is none.</param>
/// <param name="Origin">The job it runs again, null for a new one.</param>
internal sealed record NewJob(string Action, JobSpec Spec, string? Key, string? Origin = null);

/// <summary>
/// Hands a job in: 201 once it is stored; 200 with the same job where the request was made before. What is created the store audits in the transaction
/// that creates it, what is refused is audited here.
/// </summary>
internal sealed class JobSubmission(GrainCalls calls, ICatalog catalog, FilterGate filters, CommandAudit audit)
{
    public const string ReplayedHeader = "Idempotent-Replayed";

    public async Task<IResult> Submit(HttpContext http, NewJob job)
    {
        var id = new JobId("job-" + IdCharacters.Of(http.Caller().Name, job.Key));
        var before = job.Key is null ? null : await catalog.Job(id);
        if (await Obstacle(http, job, before) is { } bad) return await audit.Refuse(http, job.Action, job.Origin ?? id.Value, bad);
        Task<Answer<JobView>> Send() => calls.Ask($"The job {id}", g => g.Job(id).Submit(new SubmitJob(job.Spec, http.Caller(), job.Key, job.Origin)));
        var answer = job.Origin is null ? await Send() : await audit.Order(http, job.Action, job.Origin, Send);
        if (!answer.Ok) return job.Origin is null ? await audit.Refuse(http, job.Action, id.Value, answer.Problem) : answer.Problem.ToResult();
        if (before is not null) http.Response.Headers[ReplayedHeader] = "true";
        else http.Response.Headers.Location = $"/api/v1/jobs/{id}";
        return Versions.Answer(http, answer.Value, answer.Value.Version, before is null ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    // A repeated request was checked when it was first made, and its probe may be away by now.
    private async Task<Problem?> Obstacle(HttpContext http, NewJob job, JobView? before)
    {
        if (before is null) return CreationRules.Check(http.Rights(), job.Spec) ?? await filters.Check(job.Spec, http.RequestAborted);
        return before.Origin == job.Origin ? null : new Problem(ProblemCodes.IdempotencyKeyReused, "This idempotency key was used for another request. Take a new key for a new job.");
    }
}
