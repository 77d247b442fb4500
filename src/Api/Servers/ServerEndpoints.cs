// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.Jobs;
using Tci.Api.OpenApi;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Servers;

/// <summary>What a client has to know of the server it talks to.</summary>
/// <param name="Version">Of TCI.</param>
/// <param name="Host">What runs the entities: <c>one-machine</c> or <c>cluster</c>.</param>
/// <param name="Now">The server's clock.</param>
/// <param name="Capabilities">What this server can do beyond the least, by name; names are added.</param>
/// <param name="Probes">Those that the caller knows.</param>
/// <param name="Limits">It keeps.</param>
/// <param name="Processors">That a job can name.</param>
public sealed record ServerInformation(
    string Version, string Host, DateTimeOffset Now, IReadOnlyList<ServerProbe> Probes, ServerLimits Limits, IReadOnlyList<string> Capabilities, IReadOnlyList<string> Processors);

/// <param name="Version">Of the probe's program.</param>
/// <param name="EngineVersion">Of its capture engine, where that answers.</param>
public sealed record ServerProbe(ProbeId Id, bool Present, string Version, string? EngineVersion);

/// <param name="BodyBytesMax">Of a request body.</param>
/// <param name="RequestsPerSecond">With one token, in the long run.</param>
/// <param name="RequestsBurstMax">With one token at once, after a silence.</param>
/// <param name="EventStreamsMax">At once, of all callers.</param>
/// <param name="PageMax">Items on a page of jobs.</param>
/// <param name="FlowPageMax">Flows on a page.</param>
/// <param name="BulkMax">Jobs one bulk order may name or find.</param>
public sealed record ServerLimits(
    int BodyBytesMax, int RequestsPerSecond, int RequestsBurstMax, int EventStreamsMax, TimeSpan HeartbeatEvery, int PageMax, int FlowPageMax, int BulkMax);

/// <summary>Server information.</summary>
internal static class ServerEndpoints
{
    // In the order they came.
    private static readonly string[] s_capabilities =
        ["schedules", "event-streams", "flow-tables", "run-logs", "bulk-orders", "estimates", "point-maintenance", "job-changes"];

    private static readonly string[] s_processors = ["flows"];

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/server", Read)
            .NeedsSignIn()
            .WithName("getServer").WithTags("server").WithSummary("The server: its version, its probes, its limits, what it can do.")
            .Produces<ServerInformation>().Fails(503);

    private static async Task<IResult> Read(HttpContext http, ICatalog catalog, ApiOptions options, TimeProvider clock)
    {
        var probes = (await catalog.Probes()).Where(p => http.Rights().Knows(p.Id)).Select(p => new ServerProbe(p.Id, p.Present, p.Version, p.EngineVersion));
        var limits = new ServerLimits(
            options.BodyBytesMax,
            options.RequestsPerSecond,
            options.RequestsBurstMax,
            options.EventStreamsMax,
            options.HeartbeatEvery,
            ListJobs.LimitMax,
            Flows.FlowTables.LimitMax,
            BulkOrders.JobsMax);
        var version = typeof(ServerEndpoints).Assembly.GetName().Version!.ToString(3);
        return Results.Json(new ServerInformation(version, options.Host, clock.GetUtcNow(), [.. probes], limits, s_capabilities, s_processors), ContractJson.Options);
    }
}
