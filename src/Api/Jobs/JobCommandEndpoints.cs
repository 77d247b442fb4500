// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.OpenApi;
using Tci.Api.Requests;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <summary>What a job is told to do.</summary>
internal static class JobCommandEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var job = api.MapGroup("/jobs/{id}").WithTags("jobs");
        Order(job.MapPost("/cancel", (string id, HttpContext http, JobCommands commands) => commands.Run(id, http, JobOrder.Cancel)))
            .NeedsOnJob(Capability.CancelOthers).Commands("job.cancel")
            .WithName("cancelJob").WithSummary("Ends a job and deletes what it captured. Repeating it is harmless.");
        Order(job.MapPost("/stop", (string id, HttpContext http, JobCommands commands) => commands.Run(id, http, JobOrder.Stop)))
            .NeedsOnJob(Capability.CancelOthers).Commands("job.stop")
            .WithName("stopJob").WithSummary("Ends the captures of a job now and goes on with what they have.");
        Order(job.MapPost("/pause", (string id, HttpContext http, JobCommands commands) => commands.Run(id, http, JobOrder.Pause)))
            .NeedsOnJob(Capability.CancelOthers).Commands("job.pause")
            .WithName("pauseJob").WithSummary("Holds a job back that has not started.");
        Order(job.MapPost("/resume", (string id, HttpContext http, JobCommands commands) => commands.Run(id, http, JobOrder.Resume)))
            .NeedsOnJob(Capability.CancelOthers).Commands("job.resume")
            .WithName("resumeJob").WithSummary("Lets a paused job go on.");
        Order(job.MapPut("/spec", (string id, HttpContext http, ChangeJobs change) => change.Specification(id, http)))
            .NeedsOnJob(Capability.CancelOthers).Commands("job.change")
            .WithName("changeJob").WithSummary("Gives a job that has not started another specification, whole, on the same points.")
            .WithDescription("Possible while it is Scheduled, Paused or Waiting. Where its priority or its limit of bytes changes it queues anew.")
            .Accepts<JobSpec>("application/json").Fails(413, 415, 422);
        Order(job.MapPut("/labels", (string id, HttpContext http, ChangeJobs change) => change.Labels(id, http)))
            .NeedsOnJob(Capability.CancelOthers).Commands("job.label")
            .WithName("labelJob").WithSummary("Sets and removes labels of a job, in any state. A data set that is there keeps those it was made with.")
            .Accepts<LabelChange>("application/json").Fails(413, 415, 422);
        api.MapPost("/jobs/bulk", (HttpContext http, BulkOrders bulk) => bulk.Run(http))
            .NeedsSignIn().Commands("job.bulk")
            .WithTags("jobs").WithName("orderJobs").WithSummary("One order to many jobs, named or found by a filter: cancel, delete, or label. An answer a job.")
            .WithDescription("At most 500 at once. With a filter 'countMax' bounds what it may find: where there are more, nothing is done. Repeating it is harmless.")
            .Accepts<BulkOrder>("application/json").Produces<BulkResult>().Fails(400, 409, 413, 415, 503);
        Order(job.MapDelete("", (string id, HttpContext http, JobCommands commands) => commands.Run(id, http, JobOrder.Delete)))
            .NeedsOnJob(Capability.CancelOthers).Commands("job.delete")
            .WithName("deleteJob").WithSummary("Deletes the data of a final job for ever; afterwards the job is 410.")
            .WithDescription("200 once all data is gone; 202 while a probe still has to delete some, which it does when it is back. Repeating it is harmless.");
        Order(job.MapPost("/process", (string id, HttpContext http, ProcessAgain process) => process.Run(id, http)))
            .NeedsOnJob(Capability.CancelOthers).Commands("job.process")
            .WithName("processJob").WithSummary("Makes further runs over what a final job captured. Its data set grows when they end.")
            .Accepts<FurtherProcessing>("application/json").Fails(400, 413, 415, 422)
            .TakesHeader(IdempotencyKey.Header, "1 to 100 visible ASCII characters; the same key makes no second set of runs of this job.");
        job.MapPost("/run-again", (string id, HttpContext http, CreateJob create) => create.RunAgain(id, http))
            .NeedsOnJob(Capability.See).Commands("job.run-again")
            .WithName("runJobAgain").WithSummary("Makes a new job of the specification of this one, to start as soon as its points are free.")
            .WithDescription("The new job names this one as its origin. A start time is not taken over.")
            .Produces<JobView>(201).Produces<JobView>().Fails(400, 404, 410, 422, 503)
            .TakesHeader(IdempotencyKey.Header, "1 to 200 visible ASCII characters; the same key makes the same job.");
    }

    private static RouteHandlerBuilder Order(RouteHandlerBuilder endpoint) => endpoint
        .Produces<JobView>().Produces<JobView>(202).Fails(400, 404, 409, 410, 412, 503).TakesHeader(Versions.Header, Versions.Description);
}
