// SPDX-License-Identifier: BSD-3-Clause
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.Jobs;
using Tci.Api.OpenApi;
using Tci.Api.Problems;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Audit;

/// <summary>The audit, to read and to keep elsewhere.</summary>
internal static class AuditEndpoints
{
    private const string Lines = "application/jsonl";
    private const int LimitDefault = 1000;
    private const int LimitMax = 100_000;
    private const int BatchMax = 1000;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/audit", Read)
            .NeedsEverywhere(Capability.Administer)
            .WithName("exportAudit").WithTags("people").WithSummary("What everyone commanded and what came of it, oldest first, as JSON lines.")
            .WithDescription("Each line carries the hash of the line before and its own (docs/formats/audit.md); 'after' goes on from the number of the last line. Parameters that are given select.")
            .Produces<AuditLine>(200, Lines).Fails(400, 503);
    }

    private static async Task<IResult> Read(
        [Range(0, long.MaxValue), Description("Number of the last line that is known.")] long? after,
        [Range(1, LimitMax), DefaultValue(LimitDefault), Description("Lines at most.")] int? limit,
        [Description("Only of this account.")] string? account,
        [Description("Only this action, for example job.cancel.")] string? action,
        [Description("Only on this resource, for example the id of a job.")] string? resource,
        [Description("Only at this instant or later, ISO 8601.")] string? from,
        [Description("Only before this instant, ISO 8601.")] string? to,
        IAuditTrail trail)
    {
        if (after < 0) return Bad("'after' is the number of a line, from 0.", "after");
        if (limit is < 1 or > LimitMax) return Bad($"A limit is 1 to {LimitMax}.", "limit");
        var times = new JobFilterText { From = from, To = to }.Read();
        if (!times.Ok) return times.Problem.ToResult();
        var filter = new AuditFilter(account, action, resource, times.Value.From, times.Value.To);
        // The first lines are read before the answer begins, so that a store that cannot be read is a problem and no broken answer.
        var left = limit ?? LimitDefault;
        var first = await trail.After(after ?? 0, Math.Min(left, BatchMax), filter);
        return Results.Stream(stream => Write(stream, trail, filter, first, left), Lines);
    }

    private static async Task Write(Stream stream, IAuditTrail trail, AuditFilter filter, IReadOnlyList<AuditLine> batch, int left)
    {
        while (batch.Count > 0)
        {
            foreach (var line in batch)
            {
                await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(line, ContractJson.Options));
                await stream.WriteAsync("\n"u8.ToArray());
            }

            left -= batch.Count;
            if (left <= 0) return;
            batch = await trail.After(batch[^1].Number, Math.Min(left, BatchMax), filter);
        }
    }

    private static IResult Bad(string message, string field) => new Problem(ProblemCodes.InvalidRequest, message, Field: field).ToResult();
}
