// SPDX-License-Identifier: BSD-3-Clause
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.OpenApi;
using Tci.Api.Requests;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <summary>Jobs: ask for one, look at it, find it again.</summary>
internal static class JobEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var jobs = api.MapGroup("/jobs").WithTags("jobs");
        jobs.MapPost("", (HttpContext http, CreateJob create) => create.Run(http))
            .Needs(Capability.Create).Commands("job.create")
            .WithName("createJob").WithSummary("Asks for a capture. Stored before it is answered.")
            .WithDescription("With an Idempotency-Key a repeated request answers 200 with the job of the first one and 'Idempotent-Replayed: true'.")
            .Accepts<JobSpec>("application/json").Produces<JobView>(201).Produces<JobView>()
            .TakesHeader(IdempotencyKey.Header, "1 to 200 visible ASCII characters; the same key makes the same job.")
            .Fails(400, 409, 413, 415, 422, 503);
        jobs.MapPost("/validate", (HttpContext http, ValidateJob validate) => validate.Run(http))
            .Needs(Capability.Create)
            .WithName("validateJob").WithSummary("Looks at a job and makes nothing.")
            .WithDescription("Covers the form of the JSON, that the points are there, and that the probe of each can compile the filter. Limits, names, processing, labels and the start are looked at when the job is asked for.")
            .Accepts<JobSpec>("application/json").Produces<Validity>().Fails(400, 413, 415, 422, 503);
        jobs.MapPost("/estimate", (HttpContext http, EstimateJob estimate) => estimate.Run(http))
            .Needs(Capability.Create)
            .WithName("estimateJob").WithSummary("How many bytes a job may store, and how that is known. Makes nothing.")
            .WithDescription("From what the newest 20 finished jobs on each point stored with the same filter; where there is none, from all they saw, which is an upper bound for a filter; else from the limits alone.")
            .Accepts<JobSpec>("application/json").Produces<JobEstimate>().Fails(400, 413, 415, 422, 503);
        jobs.MapGet("", List)
            .NeedsSignIn()
            .WithName("listJobs").WithSummary("The jobs that one may see, newest first, in pages. Deleted ones are left out; every parameter that is given selects.")
            .Produces<Page<JobView>>().Fails(400, 503);
        jobs.MapGet("/{id}", (string id, HttpContext http, ReadJob read) => read.Run(id, http))
            .NeedsOnJob(Capability.See)
            .WithName("getJob").WithSummary("A job, with live counters while it captures.")
            .WithDescription("'Tci-State: stored' says that the job could not be asked and this is what the store knows. 410 says that it was deleted, and what is known of it.")
            .Produces<JobView>().Produces(304).Fails(404, 410, 503);
    }

    private static Task<IResult> List(
        [Range(1, ListJobs.LimitMax), DefaultValue(ListJobs.LimitDefault), Description("Jobs on a page.")] int? limit,
        [Description("'next' of the page before; none for the first. Keep the other parameters as they are.")] string? cursor,
        [Description("Only jobs in this state; repeated, in any of these.")] string[]? state,
        [Description("Only jobs of this priority; repeated, of any of these.")] string[]? priority,
        [Description("Only jobs of this account.")] string? owner,
        [Description("Only jobs with this point, PROBE/NAME.")] string? point,
        [Description("Only jobs with this label, KEY or KEY=VALUE; repeated, with all of these.")] string[]? label,
        [Description("Only jobs with this in their name, in upper or lower case.")] string? text,
        [Description("Only jobs created at this instant or later, ISO 8601.")] string? from,
        [Description("Only jobs created before this instant, ISO 8601.")] string? to,
        HttpContext http,
        ListJobs list) => list.Run(
            http,
            limit,
            cursor,
            new JobFilterText { State = state ?? [], Priority = priority ?? [], Owner = owner, Point = point, Label = label ?? [], Text = text, From = from, To = to });
}
