// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tci.Contracts;

namespace Tci.Api.Problems;

/// <summary>Answers with a problem.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="status">Another status than the code's own, where HTTP has a word for the case.</param>
internal sealed class ProblemResult(Problem problem, int? status = null) : IResult
{
    public const string ContentType = "application/problem+json";

    // A guess at when it is worth trying again, in seconds.
    private const string RetryAfter = "2";

    // Read by people in terminals: quotation marks and accents as they are. Browsers take the type at its word (nosniff) and never for a page.
    private static readonly JsonSerializerOptions s_json = new(ContractJson.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // They spoke of what would have been answered had there been no problem.
    private static readonly string[] s_untrue = ["ETag", "Repr-Digest", "Content-Disposition", "Last-Modified", "Content-Length"];

    public Problem Problem => problem;

    /// <summary>What remains of a job that was deleted.</summary>
    public Tombstone? Deleted { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Features.Set(problem);
        var document = Document(httpContext);
        var response = httpContext.Response;
        foreach (var header in s_untrue) response.Headers.Remove(header);
        response.StatusCode = document.Status;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        if (document.Status == StatusCodes.Status503ServiceUnavailable) response.Headers.RetryAfter = RetryAfter;
        var body = JsonSerializer.SerializeToUtf8Bytes(document, s_json);
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(httpContext.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }

    public ProblemDocument Document(HttpContext http) => ProblemDocument.Of(problem, status, TraceId(http)) with { Deleted = Deleted };

    public static string TraceId(HttpContext http) => Activity.Current?.Id ?? http.TraceIdentifier;
}

/// <summary>Short ways to say that something is wrong.</summary>
internal static class ProblemResults
{
    public static IResult ToResult(this Problem problem, int? status = null) => new ProblemResult(problem, status);

    public static Problem NoSuchJob(string id) => new(ProblemCodes.NotFound, $"There is no job {Shown(id)}.");

    /// <summary>What came from outside, short enough for a message.</summary>
    public static string Shown(string text) => text.Length <= 100 ? $"'{text}'" : $"'{text[..100]}…'";
}
