// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tci.Contracts;

namespace Tci.Api.Events;

/// <summary>One reader's stream of a job's events (server-sent events, HTML standard 9.2): the sequence is the event's id.</summary>
internal sealed class EventStream(ICatalog catalog, ApiOptions options, TimeProvider clock)
{
    // What ICatalog.Events answers at most: fewer means that there are no more now.
    private const int BatchMax = 1000;

    /// <summary>Ends after the final event, or with the token.</summary>
    public async Task Run(HttpResponse response, JobId job, int after, CancellationToken stop)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        await response.WriteAsync("retry: 2000\n\n", stop);
        await response.Body.FlushAsync(stop);
        var spoke = clock.GetTimestamp();
        while (true)
        {
            var events = await catalog.Events(job, after);
            if (events.Count > 0)
            {
                await Send(response, events, stop);
                after = events[^1].Sequence;
                spoke = clock.GetTimestamp();
                if (events.Count < BatchMax && events[^1].State.IsFinal()) return;
                continue;
            }

            if (clock.GetElapsedTime(spoke) >= options.HeartbeatEvery)
            {
                // A reader who asked after a sequence that never came would otherwise wait for ever.
                if ((await catalog.Job(job))?.State.IsFinal() != false) return;
                await response.WriteAsync(": heartbeat\n\n", stop);
                await response.Body.FlushAsync(stop);
                spoke = clock.GetTimestamp();
            }

            await Task.Delay(options.EventsLookEvery, clock, stop);
        }
    }

    private static async Task Send(HttpResponse response, IReadOnlyList<JobEvent> events, CancellationToken stop)
    {
        // JSON has no line breaks outside of its escapes, so a datum is one line.
        foreach (var e in events) await response.WriteAsync($"id: {e.Sequence}\ndata: {JsonSerializer.Serialize(e, ContractJson.Options)}\n\n", stop);
        await response.Body.FlushAsync(stop);
    }
}
