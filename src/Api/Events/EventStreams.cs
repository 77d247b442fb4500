// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Tci.Api.Problems;
using Tci.Contracts;

namespace Tci.Api.Events;

/// <summary>Opens event streams, so many at once. Each reads the store for itself: a slow reader holds nobody up, and a stream outlives every entity.</summary>
internal sealed class EventStreams(ICatalog catalog, ApiOptions options, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private int _open;

    public async Task<IResult> Open(JobView job, int after)
    {
        // 204 is what keeps a browser from reconnecting.
        if (job.State.IsFinal() && (await catalog.Events(job.Id, after)).Count == 0) return Results.NoContent();
        if (Interlocked.Increment(ref _open) <= options.EventStreamsMax) return new Opened(this, job.Id, after);
        Interlocked.Decrement(ref _open);
        return new Problem(ProblemCodes.Overloaded, $"{options.EventStreamsMax} event streams are open already. Ask for the events as JSON from time to time instead.").ToResult();
    }

    private async Task Run(HttpResponse response, JobId job, int after)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(response.HttpContext.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await new EventStream(catalog, options, clock).Run(response, job, after, stop.Token);
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

    private sealed class Opened(EventStreams streams, JobId job, int after) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => streams.Run(httpContext.Response, job, after);
    }
}
