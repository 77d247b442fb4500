// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Tci.Api.Problems;
using Tci.Api.Rights;
using Tci.Api.SignIn;
using Tci.Contracts;

namespace Tci.Api.Events;

/// <summary>Opens event streams, so many at once. A reader who is too slow is cut off, and holds nobody up.</summary>
internal sealed class EventStreams(
    ICatalog catalog, IEventFeed events, SharedFeed feed, BearerTokens tokens, RightsCache rights, ApiOptions options, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private int _open;

    public async Task<IResult> Open(HttpContext http, JobView job, int after)
    {
        // 204 is what keeps a browser from reconnecting.
        if (job.State.IsFinal() && (await catalog.Events(job.Id, after)).Count == 0) return Results.NoContent();
        return Open(new JobEventCursor(catalog, job, after, Watch(http)));
    }

    public IResult Open(HttpContext http, long after) => Open(new AllEventsCursor(events, after, Watch(http)));

    private WatchedRights Watch(HttpContext http) => new(http, tokens, rights, options, clock);

    private IResult Open(EventCursor cursor)
    {
        if (Interlocked.Increment(ref _open) <= options.EventStreamsMax) return new Opened(this, cursor);
        Interlocked.Decrement(ref _open);
        return new Problem(ProblemCodes.Overloaded, $"{options.EventStreamsMax} event streams are open already. Ask for the events as JSON from time to time instead.").ToResult();
    }

    private async Task Run(HttpResponse response, EventCursor cursor)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(response.HttpContext.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            var isWhole = await new EventStream(feed, events, options, clock).Run(response, cursor, stop.Token);
            if (!isWhole) response.HttpContext.Abort();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The reader left or the server ends; whoever comes again resumes.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private sealed class Opened(EventStreams streams, EventCursor cursor) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => streams.Run(httpContext.Response, cursor);
    }
}
