// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <summary>
/// Shows a job as its entity knows it. Where the entity cannot be reached it is shown as the store knows it, which <c>Tci-State: stored</c> says. A final
/// job that is not processed again changes no more and comes from the store at once.
/// </summary>
internal sealed class ReadJob(GrainCalls calls, JobLookup jobs, LiveCounters counters)
{
    public const string StateHeader = "Tci-State";

    public async Task<IResult> Run(string id, HttpContext http)
    {
        var found = await jobs.Find(id);
        if (!found.Ok) return found.Refusal;
        var stored = found.Job;
        var answer = IsAtRest(stored) ? stored : await calls.Ask($"The job {stored.Id}", g => g.Job(stored.Id).Get(new GetJob()));
        if (answer.Problem is { } problem && problem.Code != ProblemCodes.Unreachable) return problem.ToResult();
        if (!answer.Ok) http.Response.Headers[StateHeader] = "stored";
        var view = answer.Value ?? stored;
        if (view.Deleted is not null) return Tombstone.Gone(view);
        view = await counters.Merge(view);
        var isKnown = !Moves(view) && http.Request.Headers.IfNoneMatch == Versions.ETag(view.Version);
        return isKnown ? NotModified(http, view) : Versions.Answer(http, view, view.Version);
    }

    private static bool IsAtRest(JobView job) => job.State.IsFinal() && !Moves(job);

    // Counters, and the progress of runs, move without a new version.
    private static bool Moves(JobView job) => job.State == JobState.Capturing || job.Runs.Any(r => !r.State.IsFinal());

    private static IResult NotModified(HttpContext http, JobView view)
    {
        http.Response.Headers.ETag = Versions.ETag(view.Version);
        return Results.StatusCode(StatusCodes.Status304NotModified);
    }
}
