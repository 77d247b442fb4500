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

namespace Tci.Api.QuickCaptures;

/// <summary>One call between an alarm and a capture.</summary>
internal static class QuickCaptureEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/quick-captures", Create)
            .Needs(Capability.Create).Commands("job.quick-capture")
            .WithName("quickCapture").WithTags("jobs").WithSummary("Captures one host or network now, on these points, for an hour or as long as is said. The answer is the job.")
            .WithDescription("At high priority, with its flows. The rules of jobs hold: rights, quotas, the Idempotency-Key.")
            .Accepts<QuickCapture>("application/json").Produces<JobView>(201).Produces<JobView>()
            .TakesHeader(IdempotencyKey.Header, "1 to 200 visible ASCII characters; the same key makes the same job.")
            .Fails(400, 409, 413, 415, 422, 503);
    }

    private static async Task<IResult> Create(HttpContext http, RequestBody body, JobSubmission submission)
    {
        var (key, problem) = IdempotencyKey.Read(http.Request);
        if (problem is not null) return problem.ToResult();
        var request = await body.Read<QuickCapture>(http);
        if (!request.Ok) return request.Problem.ToResult();
        var spec = request.Value.Spec();
        return spec.Ok ? await submission.Submit(http, new NewJob("job.quick-capture", spec.Value, key)) : spec.Problem.ToResult();
    }
}
