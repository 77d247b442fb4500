// SPDX-License-Identifier: BSD-3-Clause
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.OpenApi;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Flows;

/// <summary>The flows of a data set, to look at.</summary>
internal static class FlowEndpoints
{
    private const string File = "Path of the flow.csv in the data set; needed where it has several.";

    public static void Map(RouteGroupBuilder api)
    {
        var flows = api.MapGroup("/jobs/{id}/flows").WithTags("flows");
        flows.MapGet("", Page)
            .NeedsOnJob(Capability.See)
            .WithName("listFlows").WithSummary("Flows of a data set, sorted and filtered, in pages.")
            .WithDescription("A condition is FIELD OPERATOR VALUE; all of them have to hold. Fields: src, dst, addr (either side; an address or prefix), src_port, dst_port, port, protocol (a number, or tcp, udp, icmp, icmp6), bytes, packets (both directions together), duration (seconds), time, end (UTC), name (DNS name, HTTP host, TLS or QUIC server name). Operators: = != < <= > >=, for names = != and ~ (a part).")
            .Produces<FlowList>().Fails(400, 404, 409, 410, 503);
        flows.MapGet("/summary", (string id, [Description(File)] string? file, HttpContext http, FlowTables tables) => tables.Summary(id, file, http))
            .NeedsOnJob(Capability.See)
            .WithName("getFlowSummary").WithSummary("What is in the flows: sums, top talkers, ports, names, protocols, durations, traffic over time. Counted once, when they were made.")
            .Produces<FlowTableSummary>().Fails(400, 404, 409, 410, 503);
    }

    private static Task<IResult> Page(
        string id,
        [Description(File)] string? file,
        [Description("row (as in flow.csv), time, duration, bytes, packets, src, dst, src_port or dst_port.")] string? sort,
        [Description("The order backwards: the largest, or latest, first.")] bool? desc,
        [Description("A condition, such as dst_port=443, addr=10.0.0.0/8 or name~example; repeated, all of them, 16 at most.")] string[]? where,
        [Range(1, FlowTables.LimitMax), DefaultValue(FlowTables.LimitDefault), Description("Flows on a page.")] int? limit,
        [Description("'next' of the page before; none for the first. Keep the other parameters as they are.")] string? cursor,
        HttpContext http,
        FlowTables tables) => tables.Page(id, new FlowQuestion(file, sort, desc, where ?? [], limit, cursor), http);
}
