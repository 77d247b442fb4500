// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.Jobs;
using Tci.Api.OpenApi;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Holds;

/// <param name="Reason">1 to 1000 characters, for people and for the audit.</param>
public sealed record HoldRequest(string Reason);

/// <summary>Keeping a job's data from every deletion, for as long as an incident is looked into.</summary>
internal static class HoldEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var hold = api.MapGroup("/jobs/{id}/hold").WithTags("jobs");
        hold.MapPut("", Hold)
            .NeedsOnJob(Capability.CancelOthers).Commands("job.hold")
            .WithName("holdJob").WithSummary("Keeps a job's data from every deletion until the hold is released. Repeating it is harmless.")
            .WithDescription("A held job cannot be cancelled or deleted, gives its place to no other, and keeps packets that were to go after processing.")
            .Accepts<HoldRequest>("application/json").Produces<JobView>().Fails(400, 404, 409, 410, 412, 413, 415, 503).TakesHeader(Versions.Header, Versions.Description);
        hold.MapDelete("", Release)
            .NeedsOnJob(Capability.CancelOthers).Commands("job.release")
            .WithName("releaseJob").WithSummary("Ends a hold: for who placed it, and for those who may cancel others' jobs on all of its points.")
            .Produces<JobView>().Fails(404, 409, 410, 412, 503).TakesHeader(Versions.Header, Versions.Description);
    }

    private static async Task<IResult> Hold(string id, HttpContext http, RequestBody body, JobCommands commands)
    {
        var request = await body.Read<HoldRequest>(http);
        return request.Ok ? await commands.Run(id, http, JobOrder.Hold(request.Value.Reason)) : request.Problem.ToResult();
    }

    private static async Task<IResult> Release(string id, HttpContext http, JobLookup jobs, JobCommands commands)
    {
        var found = await jobs.Find(id);
        if (!found.Ok) return found.Refusal;
        // That a job is one's own is not enough here: someone else had a reason to keep it.
        var isHolders = found.Job.Hold is null || found.Job.Hold.By == http.Rights().Account || http.Rights().May(Capability.CancelOthers, found.Job.Spec.Points);
        return isHolders ? await commands.Run(id, http, JobOrder.Release) : RightsMiddleware.Lacks(Capability.CancelOthers, $" on the points of {id}, since {found.Job.Hold!.By} placed the hold").ToResult();
    }
}
