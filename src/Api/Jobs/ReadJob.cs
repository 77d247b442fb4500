// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Problems;
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <summary>
/// Shows a job as its entity knows it. Where the entity cannot be reached it is shown as the store knows it, which <c>Tci-State: stored</c> says. A final
/// job changes no more and comes from the store at once.
/// </summary>
internal sealed class ReadJob(GrainCalls calls, ICatalog catalog, LiveCounters counters)
{
    public const string StateHeader = "Tci-State";

    public async Task<IResult> Run(string id, HttpContext http)
    {
        if (!JobId.TryParse(id, out var job) || await catalog.Job(job) is not { } stored) return ProblemResults.NoSuchJob(id).ToResult();
        var answer = stored.State.IsFinal() ? stored : await calls.Ask($"The job {job}", g => g.Job(job).Get(new GetJob()));
        if (answer.Problem is { } problem && problem.Code != ProblemCodes.Unreachable) return problem.ToResult();
        if (!answer.Ok) http.Response.Headers[StateHeader] = "stored";
        var view = await counters.Merge(answer.Value ?? stored);
        if (view.State != JobState.Capturing && http.Request.Headers.IfNoneMatch == JobAnswers.ETag(view)) return NotModified(http, view);
        return JobAnswers.Of(http, view);
    }

    private static IResult NotModified(HttpContext http, JobView view)
    {
        http.Response.Headers.ETag = JobAnswers.ETag(view);
        return Results.StatusCode(StatusCodes.Status304NotModified);
    }
}
