// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Audit;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Api.SignIn;
using Tci.Contracts;

namespace Tci.Api.Schedules;

/// <summary>Shows a schedule as its entity knows it, and gives it orders.</summary>
internal sealed class ScheduleCommands(GrainCalls calls, CommandAudit audit)
{
    public async Task<IResult> Get(string id, HttpContext http)
    {
        if (!ScheduleId.TryParse(id, out var schedule)) return Unknown(id).ToResult();
        var answer = await Read(schedule);
        return answer.Ok ? Versions.Answer(http, answer.Value, answer.Value.Version) : answer.Problem.ToResult();
    }

    public Task<IResult> Pause(string id, HttpContext http) => Run(id, http, "schedule.pause", (schedule, by) => schedule.Pause(new PauseSchedule(by.Caller, by.Version)));

    public Task<IResult> Resume(string id, HttpContext http) => Run(id, http, "schedule.resume", (schedule, by) => schedule.Resume(new ResumeSchedule(by.Caller, by.Version)));

    public Task<IResult> Delete(string id, HttpContext http) => Run(id, http, "schedule.delete", (schedule, by) => schedule.Delete(new DeleteSchedule(by.Caller, by.Version)));

    private async Task<IResult> Run(string id, HttpContext http, string action, Func<ISchedule, OrderBy, Task<Answer<ScheduleView>>> order)
    {
        if (!ScheduleId.TryParse(id, out var schedule)) return await audit.Refuse(http, action, "schedules", Unknown(id));
        var expected = await Versions.Expected(http, () => Read(schedule), v => v.Version);
        if (expected.Refusal is { } mismatch) return await audit.Refuse(http, action, schedule.Value, mismatch);
        var answer = await calls.Ask($"The schedule {schedule}", g => order(g.Schedule(schedule), new OrderBy(http.Caller(), expected.Version)));
        if (!answer.Ok) return await audit.Refuse(http, action, schedule.Value, Versions.Refusal(answer.Problem));
        await audit.Write(http, action, schedule.Value, null);
        return Versions.Answer(http, answer.Value, answer.Value.Version);
    }

    private Task<Answer<ScheduleView>> Read(ScheduleId id) => calls.Ask($"The schedule {id}", g => g.Schedule(id).Get(new GetSchedule()));

    private static Problem Unknown(string id) => new(ProblemCodes.NotFound, $"There is no schedule {ProblemResults.Shown(id)}.");
}
