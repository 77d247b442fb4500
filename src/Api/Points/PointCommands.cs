// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Audit;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Contracts;

namespace Tci.Api.Points;

/// <param name="Reason">1 to 200 characters, shown to those who wait.</param>
public sealed record MaintenanceReason(string Reason);

/// <summary>Shows a point as its entity knows it, sets what it admits, maintains it, and takes it away.</summary>
internal sealed class PointCommands(GrainCalls calls, EntityOrders orders, CommandAudit audit, RequestBody body)
{
    public async Task<IResult> Get(string probe, string name, HttpContext http)
    {
        if (!PointId.TryParse($"{probe}/{name}", out var point)) return Unknown(probe, name).ToResult();
        var answer = await calls.Ask($"The point {point}", g => g.Point(point).Get(new GetPoint()));
        return answer.Ok ? Versions.Answer(http, answer.Value, answer.Value.Version) : answer.Problem.ToResult();
    }

    public async Task<IResult> Limit(string probe, string name, HttpContext http)
    {
        const string action = "point.limit";
        var limits = await body.Read<PointLimits>(http);
        if (!limits.Ok) return await audit.Refuse(http, action, Resource(probe, name), limits.Problem);
        return await Run(probe, name, http, action, (point, by) => point.Limit(new LimitPoint(limits.Value, by.Caller, by.Version)));
    }

    public Task<IResult> Remove(string probe, string name, HttpContext http) =>
        Run(probe, name, http, "point.remove", (point, by) => point.Remove(new RemovePoint(by.Caller, by.Version)));

    public async Task<IResult> Maintain(string probe, string name, HttpContext http)
    {
        const string action = "point.maintain";
        var asked = await body.Read<MaintenanceReason>(http);
        if (!asked.Ok) return await audit.Refuse(http, action, Resource(probe, name), asked.Problem);
        return await Run(probe, name, http, action, (point, by) => point.Maintain(new MaintainPoint(asked.Value.Reason, by.Caller, by.Version)));
    }

    public Task<IResult> EndMaintenance(string probe, string name, HttpContext http) =>
        Run(probe, name, http, "point.end-maintenance", (point, by) => point.Maintain(new MaintainPoint(null, by.Caller, by.Version)));

    private async Task<IResult> Run(string probe, string name, HttpContext http, string action, Func<IPoint, OrderBy, Task<Answer<PointView>>> order)
    {
        if (!PointId.TryParse($"{probe}/{name}", out var point)) return await audit.Refuse(http, action, "points", Unknown(probe, name));
        return await orders.Run(http, new EntityOrder<PointView>(
            $"The point {point}", action, point.Value, g => g.Point(point).Get(new GetPoint()), (g, by) => order(g.Point(point), by), v => v.Version));
    }

    private static string Resource(string probe, string name) => PointId.TryParse($"{probe}/{name}", out var point) ? point.Value : "points";

    private static Problem Unknown(string probe, string name) => new(ProblemCodes.NotFound, $"There is no capture point {ProblemResults.Shown($"{probe}/{name}")}.");
}
