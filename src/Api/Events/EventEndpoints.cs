// SPDX-License-Identifier: BSD-3-Clause
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.OpenApi;
using Tci.Api.Problems;
using Tci.Contracts;

namespace Tci.Api.Events;

/// <param name="Last">Sequence to ask after next.</param>
public sealed record EventList(IReadOnlyList<JobEvent> Items, int Last);

/// <summary>What happened to a job: as a list, or live.</summary>
internal static class EventEndpoints
{
    private const string Stream = "text/event-stream";
    private const string LastEventId = "Last-Event-ID";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/jobs/{id}/events", Read)
            .WithName("listJobEvents").WithTags("jobs").WithSummary("What happened to a job, oldest first, after the sequence 'after'; at most 1000 at once.")
            .WithDescription("Asked for as text/event-stream it stays open and sends events as they come, a comment every 15 s at least, and ends after the final one. Last-Event-ID resumes; 204 says that nothing will follow.")
            .Produces<EventList>(200, "application/json", Stream).Produces(204).Fails(400, 401, 404, 503);
    }

    private static async Task<IResult> Read(
        string id, [Range(0, int.MaxValue), Description("Sequence of the last event that is known.")] int? after, HttpContext http, ICatalog catalog, EventStreams streams)
    {
        if (!JobId.TryParse(id, out var job) || await catalog.Job(job) is not { } view) return ProblemResults.NoSuchJob(id).ToResult();
        var isStream = http.Request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals(Stream, StringComparison.OrdinalIgnoreCase) && a.Quality is not 0);
        if (!TryFrom(http.Request, isStream, after, out var from, out var bad)) return bad.ToResult();
        if (isStream) return await streams.Open(view, from);
        var events = await catalog.Events(job, from);
        return Results.Json(new EventList(events, events.Count > 0 ? events[^1].Sequence : from), ContractJson.Options);
    }

    // A browser that reconnects repeats the address it began with, and says how far it came in the header.
    private static bool TryFrom(HttpRequest request, bool isStream, int? after, out int from, out Problem problem)
    {
        var resumed = isStream ? request.Headers[LastEventId].ToString() : "";
        var isValid = resumed.Length > 0 ? int.TryParse(resumed, out from) : (from = after ?? 0) >= 0;
        var field = resumed.Length > 0 ? LastEventId : "after";
        problem = new Problem(ProblemCodes.InvalidRequest, $"'{field}' is the sequence of an event, from 0.", Field: field);
        return isValid && from >= 0;
    }
}
