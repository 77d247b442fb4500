// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Audit;
using Tci.Api.Filters;
using Tci.Api.Jobs;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Api.Rights;
using Tci.Api.SignIn;
using Tci.Contracts;

namespace Tci.Api.Schedules;

/// <summary>Makes a schedule: 201, or 200 with the same one where the request was made before.</summary>
internal sealed class CreateSchedule(GrainCalls calls, FilterGate filters, CommandAudit audit, RequestBody body)
{
    private const string Action = "schedule.create";

    public async Task<IResult> Run(HttpContext http)
    {
        var (key, problem) = IdempotencyKey.Read(http.Request);
        if (problem is not null) return await audit.Refuse(http, Action, "schedules", problem);
        var spec = await body.Read<ScheduleSpec>(http);
        if (!spec.Ok) return await audit.Refuse(http, Action, "schedules", spec.Problem);
        var id = new ScheduleId("schedule-" + IdCharacters.Of(http.Caller().Name, key));
        var isRepeated = key is not null && (await calls.Ask($"The schedule {id}", g => g.Schedule(id).Get(new GetSchedule()))).Ok;
        return await Define(http, id, spec.Value, isRepeated);
    }

    private async Task<IResult> Define(HttpContext http, ScheduleId id, ScheduleSpec spec, bool isRepeated)
    {
        if (!isRepeated && CreationRules.Check(http.Rights(), spec.Job) is { } forbidden)
            return await audit.Refuse(http, Action, id.Value, forbidden with { Field = "job." + forbidden.Field });
        // The filter is tried out now rather than at the first start, when nobody is there to read what is wrong with it.
        if (!isRepeated && await filters.Check(spec.Job, http.RequestAborted) is { } bad)
            return await audit.Refuse(http, Action, id.Value, bad.Field is null ? bad : bad with { Field = "job." + bad.Field });
        Task<Answer<ScheduleView>> Send() => calls.Ask($"The schedule {id}", g => g.Schedule(id).Define(new DefineSchedule(spec, http.Caller())));
        var answer = isRepeated ? await Send() : await audit.Order(http, Action, id.Value, Send);
        if (!answer.Ok) return isRepeated ? await audit.Refuse(http, Action, id.Value, answer.Problem) : answer.Problem.ToResult();
        if (isRepeated) http.Response.Headers[JobSubmission.ReplayedHeader] = "true";
        else http.Response.Headers.Location = $"/api/v1/schedules/{id}";
        return Versions.Answer(http, answer.Value, answer.Value.Version, isRepeated ? StatusCodes.Status200OK : StatusCodes.Status201Created);
    }
}
