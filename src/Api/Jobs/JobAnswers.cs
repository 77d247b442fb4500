// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <summary>A job as an answer. Its ETag is its version; counters that move while it captures do not change that.</summary>
internal static class JobAnswers
{
    public static IResult Of(HttpContext http, JobView job, int status = StatusCodes.Status200OK)
    {
        http.Response.Headers.ETag = ETag(job);
        return Results.Json(job, ContractJson.Options, statusCode: status);
    }

    public static string ETag(JobView job) => $"\"{job.Version}\"";
}
