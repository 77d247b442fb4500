// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tci.Api.Problems;

/// <summary>
/// Sees to it that every error leaves as a problem: what handlers throw, and what the framework answers with a bare status. An answer that has begun
/// and cannot be completed is cut off, so that nobody takes it for whole.
/// </summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            if (IsBareError(http.Response)) await BareErrors.Problem(http).ExecuteAsync(http);
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested)
        {
            Log.ClientWentAway(log, e.GetType().Name, http.Request.Path);
        }
        catch (Exception e)
        {
            await Answer(http, e);
        }
    }

    private static bool IsBareError(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400 } && response.ContentType != ProblemResult.ContentType;

    private async Task Answer(HttpContext http, Exception error)
    {
        if (http.Response.HasStarted)
        {
            Log.AnswerCutOff(log, error, http.Request.Path);
            http.Abort();
            return;
        }

        http.Response.Clear();
        await ThrownErrors.Problem(error, ProblemResult.TraceId(http), log).ExecuteAsync(http);
    }
}
