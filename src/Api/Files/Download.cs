// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Tci.Api.Files;

/// <summary>Answers with something to download: Range, If-Range, If-None-Match, HEAD. Looks at the files first, so that what is known to be missing is a 503.</summary>
internal sealed class Download(SegmentStream content, string contentType, string fileName, string etag) : IResult
{
    /// <summary>SHA-256 of the whole, lower-case hex, where it is known.</summary>
    public string? Sha256 { get; init; }

    /// <summary>What has to be stored before a byte of it is sent; null where that is nothing.</summary>
    public Func<Task>? Before { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using (content)
        {
            if (RequestedRange.Of(httpContext.Request, content.Length) is var (first, last)) await content.Look(first, last, httpContext.RequestAborted);
            if (Before is not null) await Before();
            // RFC 9530: of the representation, whatever part of it is sent.
            if (Sha256 is not null) httpContext.Response.Headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(Sha256))}:";
            await Results.Stream(content, contentType, fileName, null, new EntityTagHeaderValue($"\"{etag}\""), enableRangeProcessing: true).ExecuteAsync(httpContext);
        }
    }
}
