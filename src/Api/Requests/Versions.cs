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

    public const string Description = "The ETag the resource must have; then 412 says that it has another, and nothing was done.";

    public static string ETag(int version) => $"\"{version}\"";

    /// <summary>Answers with a resource and its version. Counters that move while a job captures do not change that.</summary>
    public static IResult Answer<T>(HttpContext http, T resource, int version, int status = StatusCodes.Status200OK)
    {
        http.Response.Headers.ETag = ETag(version);
        return Results.Json(resource, ContractJson.Options, statusCode: status);
    }

    /// <summary>
    /// The version that the request's If-Match names, for the order to carry: the entity compares it once more where nothing can come in between. None where
    /// the request names no version; a refusal where it names others than the present one.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="current">Asks for the resource; only called where a version is named.</param>
    /// <param name="version">Of the resource.</param>
    public static async Task<ExpectedVersion> Expected<T>(HttpContext http, Func<Task<Answer<T>>> current, Func<T, int> version)
    {
        var header = http.Request.Headers.IfMatch;
        if (header.Count == 0) return ExpectedVersion.Any;
        if (!EntityTagHeaderValue.TryParseStrictList(header, out var tags))
            return new ExpectedVersion(null, new ProblemResult(new Problem(ProblemCodes.InvalidRequest, """If-Match is one or more entity tags, "3", or *.""", Field: Header)));
        var answer = await current();
        if (!answer.Ok) return new ExpectedVersion(null, new ProblemResult(answer.Problem));
        if (tags.Any(t => t.Equals(EntityTagHeaderValue.Any))) return ExpectedVersion.Any;
        var present = new EntityTagHeaderValue(ETag(version(answer.Value)));
        if (tags.Any(t => t.Compare(present, useStrongComparison: true))) return new ExpectedVersion(version(answer.Value), null);
        return new ExpectedVersion(
            null,
            new ProblemResult(
                new Problem(ProblemCodes.Conflict, $"The version is {present} by now, and If-Match names another. Nothing was done; read the resource again.", Field: Header),
                StatusCodes.Status412PreconditionFailed));
    }

    /// <summary>A refused order as HTTP says it: 412 where it is its version that is another.</summary>
    public static ProblemResult Refusal(Problem problem) => problem is { Code: ProblemCodes.Conflict, Field: OrderFields.IfVersion }
        ? new ProblemResult(problem with { Field = Header }, StatusCodes.Status412PreconditionFailed)
        : new ProblemResult(problem);
}

/// <param name="Caller">Who gives an order.</param>
/// <param name="Version">Of the resource, for which alone it counts; null for any.</param>
internal sealed record OrderBy(Caller Caller, int? Version);

/// <param name="Version">The one an order is to name; null for any.</param>
/// <param name="Refusal">Why there is no order.</param>
internal sealed record ExpectedVersion(int? Version, ProblemResult? Refusal)
{
    public static readonly ExpectedVersion Any = new(null, null);
}
