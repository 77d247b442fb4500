// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Contracts;

namespace Tci.Api.Events;

/// <summary>One reader's stream (server-sent events, HTML standard 9.2): first what is stored, then what comes.</summary>
internal sealed class EventStream(SharedFeed feed, IEventFeed events, ApiOptions options, TimeProvider clock)
{
    /// <summary>Ends where the cursor ends, or with the token. False where the reader was too slow and has missed events.</summary>
    public async Task<bool> Run(HttpResponse response, EventCursor cursor, CancellationToken stop)
    {
        await Begin(response, stop);
        // Once before joining, so that someone who is far behind does not fill his buffer while he catches up.
        if (await SendStored(response, cursor, stop)) return true;
        using var reader = feed.Join(await events.Last(), cursor.Job);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, reader.Cut);
        try
        {
            if (!await SendStored(response, cursor, either.Token)) await Follow(response, cursor, reader, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (reader.Cut.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task Begin(HttpResponse response, CancellationToken stop)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        await response.WriteAsync("retry: 2000\n\n", stop);
        await response.Body.FlushAsync(stop);
    }

    /// <summary>Whether the stream is at its end.</summary>
    private static async Task<bool> SendStored(HttpResponse response, EventCursor cursor, CancellationToken stop)
    {
        IReadOnlyList<FeedEvent> batch;
        do
        {
            if (!await cursor.MayGoOn()) return true;
            batch = await cursor.Stored();
            foreach (var e in batch) await Send(response, cursor, e, stop);
            if (batch.Count > 0) await response.Body.FlushAsync(stop);
        }
        while (batch.Count == SharedFeed.BatchMax);
        return cursor.IsAtEnd;
    }

    private async Task Follow(HttpResponse response, EventCursor cursor, FeedReader reader, CancellationToken stop)
    {
        Task<bool>? more = null;
        while (!cursor.IsAtEnd)
        {
            // One wait at a time: what is not over when the heart beats goes on.
            more ??= reader.Waiting.WaitToReadAsync(stop).AsTask();
            if (!await IsDone(more, stop))
            {
                if (await Beat(response, cursor, stop)) return;
                continue;
            }

            more = null;
            if (!await cursor.MayGoOn()) return;
            while (reader.Waiting.TryRead(out var e)) await Send(response, cursor, e, stop);
            await response.Body.FlushAsync(stop);
        }
    }

    private async Task<bool> IsDone(Task more, CancellationToken stop)
    {
        try
        {
            await more.WaitAsync(options.HeartbeatEvery, clock, stop);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Whether nothing will follow any more.</summary>
    private static async Task<bool> Beat(HttpResponse response, EventCursor cursor, CancellationToken stop)
    {
        if (!await cursor.MayGoOn()) return true;
        if (await cursor.IsOver())
        {
            await SendStored(response, cursor, stop);
            return true;
        }

        await response.WriteAsync(": heartbeat\n\n", stop);
        await response.Body.FlushAsync(stop);
        return false;
    }

    // JSON has no line breaks outside of its escapes, so a datum is one line.
    private static Task Send(HttpResponse response, EventCursor cursor, FeedEvent e, CancellationToken stop) =>
        cursor.Take(e) is { } id ? response.WriteAsync($"id: {id}\ndata: {e.Json}\n\n", stop) : Task.CompletedTask;
}
