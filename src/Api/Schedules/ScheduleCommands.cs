// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Audit;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Contracts;

namespace Tci.Api.Schedules;

/// <summary>Shows a schedule as its entity knows it, and gives it orders.</summary>
internal sealed class ScheduleCommands(GrainCalls calls, EntityOrders orders, CommandAudit audit)
{
    public async Task<IResult> Get(string id, HttpContext http)
    {
        if (!ScheduleId.TryParse(id, out var schedule)) return Unknown(id).ToResult();
        var answer = await calls.Ask($"The schedule {schedule}", g => g.Schedule(schedule).Get(new GetSchedule()));
        return answer.Ok ? Versions.Answer(http, answer.Value, answer.Value.Version) : answer.Problem.ToResult();
    }

    public Task<IResult> Pause(string id, HttpContext http) => Run(id, http, "schedule.pause", (schedule, by) => schedule.Pause(new PauseSchedule(by.Caller, by.Version)));

    public Task<IResult> Resume(string id, HttpContext http) => Run(id, http, "schedule.resume", (schedule, by) => schedule.Resume(new ResumeSchedule(by.Caller, by.Version)));

    public Task<IResult> Delete(string id, HttpContext http) => Run(id, http, "schedule.delete", (schedule, by) => schedule.Delete(new DeleteSchedule(by.Caller, by.Version)));

    private async Task<IResult> Run(string id, HttpContext http, string action, Func<ISchedule, OrderBy, Task<Answer<ScheduleView>>> order)
    {
        if (!ScheduleId.TryParse(id, out var schedule)) return await audit.Refuse(http, action, "schedules", Unknown(id));
        return await orders.Run(http, new EntityOrder<ScheduleView>(
            $"The schedule {schedule}", action, schedule.Value, g => g.Schedule(schedule).Get(new GetSchedule()), (g, by) => order(g.Schedule(schedule), by), v => v.Version));
    }

    private static Problem Unknown(string id) => new(ProblemCodes.NotFound, $"There is no schedule {ProblemResults.Shown(id)}.");
}
