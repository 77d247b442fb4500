// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.OpenApi;
using Tci.Api.Requests;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Schedules;

/// <summary>Jobs that repeat.</summary>
internal static class ScheduleEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var schedules = api.MapGroup("/schedules").WithTags("schedules");
        schedules.MapGet("", List)
            .NeedsSignIn()
            .WithName("listSchedules").WithSummary("All schedules that have not ended, then the ended ones, newest first; at most 1000.")
            .Produces<Page<ScheduleView>>().Fails(503);
        schedules.MapPost("", (HttpContext http, CreateSchedule create) => create.Run(http))
            .Needs(Capability.Create).Commands("schedule.create")
            .WithName("createSchedule").WithSummary("Makes a schedule. Stored before it is answered.")
            .WithDescription("With an Idempotency-Key a repeated request answers 200 with the schedule of the first one and 'Idempotent-Replayed: true'.")
            .Accepts<ScheduleSpec>("application/json").Produces<ScheduleView>(201).Produces<ScheduleView>()
            .TakesHeader(IdempotencyKey.Header, "1 to 200 visible ASCII characters; the same key makes the same schedule.")
            .Fails(400, 413, 415, 422, 503);
        schedules.MapGet("/{id}", (string id, HttpContext http, ScheduleCommands commands) => commands.Get(id, http))
            .NeedsOnSchedule(Capability.See)
            .WithName("getSchedule").WithSummary("A schedule: its next start, how many jobs it made and how many it missed.")
            .Produces<ScheduleView>().Fails(404, 503);
        Order(schedules.MapDelete("/{id}", (string id, HttpContext http, ScheduleCommands commands) => commands.Delete(id, http)))
            .NeedsOnSchedule(Capability.CancelOthers).Commands("schedule.delete")
            .WithName("deleteSchedule").WithSummary("Ends a schedule for ever. The jobs it made stay. Repeating it is harmless.");
        Order(schedules.MapPost("/{id}/pause", (string id, HttpContext http, ScheduleCommands commands) => commands.Pause(id, http)))
            .NeedsOnSchedule(Capability.CancelOthers).Commands("schedule.pause")
            .WithName("pauseSchedule").WithSummary("Makes no jobs until it is resumed.");
        Order(schedules.MapPost("/{id}/resume", (string id, HttpContext http, ScheduleCommands commands) => commands.Resume(id, http)))
            .NeedsOnSchedule(Capability.CancelOthers).Commands("schedule.resume")
            .WithName("resumeSchedule").WithSummary("Goes on from now; what would have started during the pause is not made up.");
    }

    private static async Task<IResult> List(HttpContext http, IScheduleCatalog catalog) =>
        Results.Json(new Page<ScheduleView>(await catalog.Schedules(http.Rights().Visible()), null), ContractJson.Options);

    private static RouteHandlerBuilder Order(RouteHandlerBuilder endpoint) =>
        endpoint.Produces<ScheduleView>().Fails(400, 404, 409, 412, 503).TakesHeader(Versions.Header, Versions.Description);
}
