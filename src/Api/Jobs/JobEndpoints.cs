// SPDX-License-Identifier: BSD-3-Clause
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.OpenApi;
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <summary>Jobs: ask for one, look at it, end it.</summary>
internal static class JobEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var jobs = api.MapGroup("/jobs").WithTags("jobs");
        jobs.MapPost("", (HttpContext http, CreateJob create) => create.Run(http))
            .WithName("createJob").WithSummary("Asks for a capture. Stored before it is answered.")
            .WithDescription("With an Idempotency-Key a repeated request answers 200 with the job of the first one and 'Idempotent-Replayed: true'.")
            .Accepts<JobSpec>("application/json").Produces<JobView>(201).Produces<JobView>()
            .TakesHeader(IdempotencyKey.Header, "1 to 200 visible ASCII characters; the same key makes the same job.")
            .Fails(400, 401, 413, 415, 422, 503);
        jobs.MapGet("", List)
            .WithName("listJobs").WithSummary("Jobs, newest first, in pages.")
            .Produces<Page<JobView>>().Fails(400, 401, 503);
        jobs.MapGet("/{id}", (string id, HttpContext http, ReadJob read) => read.Run(id, http))
            .WithName("getJob").WithSummary("A job, with live counters while it captures.")
            .WithDescription("'Tci-State: stored' says that the job could not be asked and this is what the store knows.")
            .Produces<JobView>().Produces(304).Fails(401, 404, 503);
        jobs.MapPost("/{id}/cancel", (string id, HttpContext http, CancelJobCommand cancel) => cancel.Run(id, http))
            .WithName("cancelJob").WithSummary("Ends a job and deletes what it captured. Repeating it is harmless.")
            .Produces<JobView>().Produces<JobView>(202).Fails(401, 404, 409, 503);
    }

    private static Task<IResult> List(
        [Range(1, ListJobs.LimitMax), DefaultValue(ListJobs.LimitDefault), Description("Jobs on a page.")] int? limit,
        [Description("'next' of the page before; none for the first.")] string? cursor,
        [Description("Only jobs in this state.")] string? state,
        ListJobs list) => list.Run(limit, cursor, state);
}
