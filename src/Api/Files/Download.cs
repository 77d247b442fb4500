// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Tci.Api.Files;

/// <summary>Answers with something to download: Range, If-Range, If-None-Match, HEAD. Looks at the files first, so that what is known to be missing is a 503.</summary>
internal sealed class Download(SegmentStream content, string contentType, string fileName, string etag) : IResult
{
    /// <summary>Of a download that are in memory while its client takes them. With less, a gigabyte costs more processor time (bench/api); all downloads together have their bound by the open connections.</summary>
    private const int ChunkBytes = 256 * 1024;

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
            await Head(httpContext);
            if (HttpMethods.IsGet(httpContext.Request.Method) && httpContext.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status206PartialContent) await Send(httpContext);
        }
    }

    /// <summary>
    /// Lets the framework decide status and headers as for HEAD, which are those of GET (RFC 9110, 9.3.2), but not send: it would copy every byte twice.
    /// </summary>
    private async Task Head(HttpContext http)
    {
        var method = http.Request.Method;
        http.Request.Method = HttpMethods.Head;
        try
        {
            await Results.Stream(content, contentType, fileName, null, new EntityTagHeaderValue($"\"{etag}\""), enableRangeProcessing: true).ExecuteAsync(http);
        }
        finally
        {
            http.Request.Method = method;
        }
    }

    /// <summary>Files are read into the memory that the server sends from. A client that takes nothing holds up the reading.</summary>
    private async Task Send(HttpContext http)
    {
        var body = http.Response.BodyWriter;
        content.Position = http.Response.GetTypedHeaders().ContentRange?.From ?? 0;
        for (var left = http.Response.ContentLength ?? 0; left > 0;)
        {
            var wanted = (int)Math.Min(left, ChunkBytes);
            var read = await content.ReadAsync(body.GetMemory(wanted)[..wanted], http.RequestAborted);
            body.Advance(read);
            left -= read;
            await body.FlushAsync(http.RequestAborted);
        }
    }
}
