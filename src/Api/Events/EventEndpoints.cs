// SPDX-License-Identifier: BSD-3-Clause
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.OpenApi;
using Tci.Api.Problems;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Events;

/// <param name="Last">Sequence to ask after next.</param>
public sealed record EventList(IReadOnlyList<JobEvent> Items, int Last);

/// <param name="Last">Number to ask after next.</param>
public sealed record AllEventsList(IReadOnlyList<JobEvent> Items, long Last);

/// <summary>What happened to a job, or to any: as a list, or live.</summary>
internal static class EventEndpoints
{
    private const string Stream = "text/event-stream";
    private const string LastEventId = "Last-Event-ID";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/jobs/{id}/events", Read)
            .NeedsOnJob(Capability.See)
            .WithName("listJobEvents").WithTags("jobs").WithSummary("What happened to a job, oldest first, after the sequence 'after'; at most 1000 at once.")
            .WithDescription("Asked for as text/event-stream it stays open and sends events as they come, a comment every 15 s at least, and ends after the final one. Last-Event-ID resumes; 204 says that nothing will follow. The events of a deleted job remain.")
            .Produces<EventList>(200, "application/json", Stream).Produces(204).Fails(400, 404, 503);
        api.MapGet("/events", ReadAll)
            .NeedsSignIn()
            .WithName("listEvents").WithTags("jobs").WithSummary("What happened to all jobs that one may see, oldest first, after the number 'after'; at most 1000 at once.")
            .WithDescription("Asked for as text/event-stream it stays open and sends events as they come, from now on unless 'after' or Last-Event-ID says from where. A reader who falls too far behind is cut off and resumes by Last-Event-ID.")
            .Produces<AllEventsList>(200, "application/json", Stream).Fails(400, 503);
    }

    private static async Task<IResult> Read(
        string id, [Range(0, int.MaxValue), Description("Sequence of the last event that is known.")] int? after, HttpContext http, ICatalog catalog, EventStreams streams)
    {
        if (!JobId.TryParse(id, out var job) || await catalog.Job(job) is not { } view) return ProblemResults.NoSuchJob(id).ToResult();
        var place = From(http.Request, after, int.MaxValue);
        if (!place.Ok) return place.Problem.ToResult();
        var from = (int)(place.Value.From ?? 0);
        if (IsStream(http.Request)) return await streams.Open(http, view, from);
        var events = await catalog.Events(job, from);
        return Results.Json(new EventList(events, events.Count > 0 ? events[^1].Sequence : from), ContractJson.Options);
    }

    private static async Task<IResult> ReadAll(
        [Range(0, long.MaxValue), Description("Number of the last event that is known.")] long? after, HttpContext http, IEventFeed feed, EventStreams streams)
    {
        var last = await feed.Last();
        var place = From(http.Request, after, last);
        if (!place.Ok) return place.Problem.ToResult();
        if (IsStream(http.Request)) return streams.Open(http, place.Value.From ?? last);
        var from = place.Value.From ?? 0;
        var events = await feed.After(from, SharedFeed.BatchMax, http.Rights().Visible());
        return Results.Json(new AllEventsList([.. events.Select(e => e.Event)], events.Count > 0 ? events[^1].Number : from), ContractJson.Options);
    }

    private static bool IsStream(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals(Stream, StringComparison.OrdinalIgnoreCase) && a.Quality is not 0);

    // A browser that reconnects repeats the address it began with, and says how far it came in the header.
    private static Answer<Place> From(HttpRequest request, long? after, long most)
    {
        var resumed = IsStream(request) ? request.Headers[LastEventId].ToString() : "";
        if (resumed.Length == 0) return after is null or >= 0 && (after ?? 0) <= most ? new Place(after) : Bad("after", most);
        var isValid = long.TryParse(resumed, NumberStyles.None, CultureInfo.InvariantCulture, out var from) && from <= most;
        return isValid ? new Place(from) : Bad(LastEventId, most);
    }

    private static Problem Bad(string field, long most) =>
        new(ProblemCodes.InvalidRequest, $"'{field}' names an event by its number, from 0 and up to {most}.", Field: field);

    private sealed record Place(long? From);
}
