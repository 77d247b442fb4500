// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Tci.Api.Problems;
using Tci.Contracts;

namespace Tci.Api.Requests;

/// <summary>Versions of resources as entity tags (RFC 9110, sections 8.8.3 and 13.1.1).</summary>
internal static class Versions
{
    public const string Header = "If-Match";

    public const string Description = "The ETag the resource must have; then 412 says that it has another. Looked at before the command is given, so a change at the same moment can go unseen.";

    public static string ETag(int version) => $"\"{version}\"";

    /// <summary>Answers with a resource and its version. Counters that move while a job captures do not change that.</summary>
    public static IResult Answer<T>(HttpContext http, T resource, int version, int status = StatusCodes.Status200OK)
    {
        http.Response.Headers.ETag = ETag(version);
        return Results.Json(resource, ContractJson.Options, statusCode: status);
    }

    /// <summary>Null where the request names no version, or the present one.</summary>
    /// <param name="http">The request.</param>
    /// <param name="current">Asks for the resource; only called where a version is named.</param>
    /// <param name="version">Of the resource.</param>
    public static async Task<ProblemResult?> Mismatch<T>(HttpContext http, Func<Task<Answer<T>>> current, Func<T, int> version)
    {
        var header = http.Request.Headers.IfMatch;
        if (header.Count == 0) return null;
        if (!EntityTagHeaderValue.TryParseStrictList(header, out var tags))
            return new ProblemResult(new Problem(ProblemCodes.InvalidRequest, """If-Match is one or more entity tags, "3", or *.""", Field: Header));
        var answer = await current();
        if (!answer.Ok) return new ProblemResult(answer.Problem);
        var present = new EntityTagHeaderValue(ETag(version(answer.Value)));
        if (tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(present, useStrongComparison: true))) return null;
        return new ProblemResult(
            new Problem(ProblemCodes.Conflict, $"The version is {present} by now, and If-Match names another. Nothing was done; read the resource again.", Field: Header),
            StatusCodes.Status412PreconditionFailed);
    }
}
