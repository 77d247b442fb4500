// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.Jobs;
using Tci.Api.Problems;
using Tci.Contracts;

namespace Tci.Api.Rights;

/// <summary>
/// Holds every request against what its endpoint needs, before the endpoint sees it. What the caller may not see is answered exactly as what does not exist.
/// </summary>
internal sealed class RightsMiddleware(RequestDelegate next, JobLookup jobs, GrainCalls calls)
{
    public async Task InvokeAsync(HttpContext http)
    {
        // What routing itself answers (404, 405) is no RouteEndpoint, and what is outside of /api says nothing about anything.
        if (http.GetEndpoint() is not RouteEndpoint endpoint || !http.Request.Path.StartsWithSegments("/api"))
        {
            await next(http);
            return;
        }

        if (await Refusal(http, endpoint.Metadata.GetMetadata<Need>()) is { } problem) await problem.ToResult().ExecuteAsync(http);
        else await next(http);
    }

    private async Task<Problem?> Refusal(HttpContext http, Need? need) => need?.Place switch
    {
        NeedPlace.Open or NeedPlace.SignedIn => null,
        NeedPlace.Somewhere => http.Rights().MaySomewhere(need.Capability) ? null : Lacks(need.Capability),
        NeedPlace.Everywhere => http.Rights().MayEverywhere(need.Capability) ? null : Lacks(need.Capability, " on everything"),
        NeedPlace.Point => OnPoint(http, need.Capability),
        NeedPlace.Probe => OnProbe(http),
        NeedPlace.Job => await OnJob(http, need.Capability),
        NeedPlace.Schedule => await OnSchedule(http, need.Capability),
        _ => new Problem(ProblemCodes.Forbidden, "This address does not say what it needs, so nobody may use it."),
    };

    private static Problem? OnPoint(HttpContext http, Capability capability)
    {
        var text = $"{Value(http, "probe")}/{Value(http, "name")}";
        if (!PointId.TryParse(text, out var point) || !http.Rights().Knows(point)) return NoSuchPoint(text);
        return capability == Capability.See || http.Rights().May(capability, point) ? null : Lacks(capability, $" on {point}");
    }

    private static Problem? OnProbe(HttpContext http)
    {
        var text = Value(http, "id");
        return ProbeId.TryParse(text, out var probe) && http.Rights().Knows(probe) ? null : new Problem(ProblemCodes.NotFound, $"There is no probe {ProblemResults.Shown(text)}.");
    }

    private async Task<Problem?> OnJob(HttpContext http, Capability capability)
    {
        var text = Value(http, "id");
        var found = await jobs.Find(text, deletedToo: true);
        if (found.Job is not { } job || !http.Rights().Sees(job.Owner, job.Spec.Points)) return ProblemResults.NoSuchJob(text);
        return http.Rights().May(capability, job.Owner, job.Spec.Points) ? null : Lacks(capability, $" on the points of {job.Id}");
    }

    private async Task<Problem?> OnSchedule(HttpContext http, Capability capability)
    {
        var text = Value(http, "id");
        var unknown = new Problem(ProblemCodes.NotFound, $"There is no schedule {ProblemResults.Shown(text)}.");
        if (!ScheduleId.TryParse(text, out var id)) return unknown;
        var answer = await calls.Ask($"The schedule {id}", g => g.Schedule(id).Get(new GetSchedule()));
        if (answer.Problem is { Code: not ProblemCodes.NotFound } other) return other;
        if (answer.Value is not { } schedule || !http.Rights().Sees(schedule.Owner, schedule.Spec.Job.Points)) return unknown;
        return http.Rights().May(capability, schedule.Owner, schedule.Spec.Job.Points) ? null : Lacks(capability, $" on the points of {id}");
    }

    internal static Problem Lacks(Capability capability, string where = "") =>
        new(ProblemCodes.Forbidden, $"This needs the right '{capability}'{where}, which this account, or the token that was sent, does not have. An administrator can grant it.");

    internal static Problem NoSuchPoint(string text) => new(ProblemCodes.NotFound, $"There is no capture point {ProblemResults.Shown(text)}.");

    private static string Value(HttpContext http, string name) => http.Request.RouteValues[name] as string ?? "";
}
