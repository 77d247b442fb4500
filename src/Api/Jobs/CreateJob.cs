// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Audit;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Api.SignIn;
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <summary>Makes a job of a specification, or of the one that another job had.</summary>
internal sealed class CreateJob(JobSubmission submission, JobLookup jobs, CommandAudit audit, RequestBody body)
{
    private const string Create = "job.create";
    private const string Again = "job.run-again";

    public async Task<IResult> Run(HttpContext http)
    {
        var (key, problem) = IdempotencyKey.Read(http.Request);
        if (problem is not null) return await audit.Refuse(http, Create, "jobs", problem);
        var spec = await body.Read<JobSpec>(http);
        if (!spec.Ok) return await audit.Refuse(http, Create, "jobs", spec.Problem);
        return await submission.Submit(http, new NewJob(Create, spec.Value, key));
    }

    /// <summary>As soon as the points are free: the start that the other job had is not taken over.</summary>
    public async Task<IResult> RunAgain(string id, HttpContext http)
    {
        var (key, problem) = IdempotencyKey.Read(http.Request);
        if (problem is not null) return await audit.Refuse(http, Again, JobLookup.Resource(id), problem);
        var found = await jobs.Find(id);
        if (!found.Ok) return await audit.Refuse(http, Again, JobLookup.Resource(id), found.Refusal);
        return await submission.Submit(http, new NewJob(Again, found.Job.Spec with { StartAt = null }, key, found.Job.Id.Value));
    }
}
