// SPDX-License-Identifier: BSD-3-Clause
using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.Jobs;
using Tci.Api.OpenApi;
using Tci.Api.Problems;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Runs;

/// <summary>Executions of processors over a job's captures, and what they said.</summary>
internal static class RunEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var runs = api.MapGroup("/jobs/{id}/runs").WithTags("runs");
        runs.MapGet("", List)
            .NeedsOnJob(Capability.See)
            .WithName("listRuns").WithSummary("The runs of a job, in the order of its captures and steps.")
            .Produces<Page<JobRunView>>().Fails(404, 410, 503);
        runs.MapGet("/{capture}/{step}/log", Log)
            .NeedsOnJob(Capability.See)
            .WithName("getRunLog").WithSummary("What a run said, or has said so far: the first 200 and the last 800 lines, without control characters.")
            .Produces<RunLog>().Fails(404, 410, 503);
    }

    private static async Task<IResult> List(string id, JobLookup jobs, GrainCalls calls)
    {
        var found = await jobs.Find(id);
        if (!found.Ok) return found.Refusal;
        var answer = await calls.Ask($"The job {found.Job.Id}", g => g.Job(found.Job.Id).Get(new GetJob()));
        return answer.Ok ? Results.Json(new Page<JobRunView>(answer.Value.Runs, null), ContractJson.Options) : answer.Problem!.ToResult();
    }

    private static async Task<IResult> Log(
        string id,
        [Description("Number of the capture: of PROBE/JOB.N.S the N.")] string capture,
        [Description("Number of the step: of PROBE/JOB.N.S the S.")] string step,
        JobLookup jobs,
        GrainCalls calls,
        IRunLogs logs,
        HttpContext http)
    {
        var found = await jobs.Find(id);
        if (!found.Ok) return found.Refusal;
        var answer = await calls.Ask($"The job {found.Job.Id}", g => g.Job(found.Job.Id).Get(new GetJob()));
        if (!answer.Ok) return answer.Problem!.ToResult();
        var suffix = $".{capture}.{step}";
        if (answer.Value.Runs.FirstOrDefault(r => r.Id.Value.EndsWith(suffix, StringComparison.Ordinal)) is not { } run)
            return new Problem(ProblemCodes.NotFound, $"The job {id} has no run {ProblemResults.Shown(suffix[1..])}. GET /api/v1/jobs/{id}/runs lists those it has.").ToResult();
        var log = await calls.Ask($"The probe {run.Id.Capture.Probe}", _ => logs.Read(run.Id, http.RequestAborted));
        return log.Ok ? Results.Json(log.Value, ContractJson.Options) : log.Problem!.ToResult();
    }
}
