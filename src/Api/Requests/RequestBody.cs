// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Tci.Contracts;

namespace Tci.Api.Requests;

/// <summary>Reads a request's JSON strictly: members nobody knows, members named twice and wrong types are refused, each in words.</summary>
internal sealed class RequestBody(ApiOptions options)
{
    private const int ChunkBytes = 16 * 1024;

    private static readonly JsonSerializerOptions s_strict = new(ContractJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectRequiredConstructorParameters = true,
    };

    /// <exception cref="BadHttpRequestException">It is too long, or not said to be JSON.</exception>
    public async Task<Answer<T>> Read<T>(HttpContext http) where T : class
    {
        if (!IsJson(http.Request.ContentType)) throw new BadHttpRequestException("Send the body as application/json in UTF-8.", StatusCodes.Status415UnsupportedMediaType);
        var body = await ReadAll(http);
        try
        {
            var value = JsonSerializer.Deserialize<T>(body.Span, s_strict);
            return value is not null ? value : new Problem(ProblemCodes.InvalidRequest, "The body is null; it must be a JSON object.");
        }
        catch (JsonException e)
        {
            return JsonErrors.Explain(e, body.Span);
        }
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    private async Task<ReadOnlyMemory<byte>> ReadAll(HttpContext http)
    {
        if (http.Request.ContentLength > options.BodyBytesMax) throw TooLong();
        var body = new ArrayBufferWriter<byte>();
        int read;
        while ((read = await http.Request.Body.ReadAsync(body.GetMemory(ChunkBytes), http.RequestAborted)) > 0)
        {
            body.Advance(read);
            if (body.WrittenCount > options.BodyBytesMax) throw TooLong();
        }

        return body.WrittenMemory;
    }

    private BadHttpRequestException TooLong() =>
        new($"The body is longer than {options.BodyBytesMax} bytes.", StatusCodes.Status413PayloadTooLarge);
}
