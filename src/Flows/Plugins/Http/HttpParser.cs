// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using System.Buffers.Text;

namespace Tci.Flows.Plugins.Http;

/// <summary>Requests and responses of HTTP/1 (RFC 9112), of which the whole header block must be there.</summary>
internal static class HttpParser
{
    private const int MinBytes = 4;
    private const int MaxMethodBytes = 32;

    public static bool IsResponse(ReadOnlySpan<byte> payload) => payload.StartsWith("HTTP"u8);

    /// <summary>Whether the payload starts with a known method, or looks like <c>METHOD SP target SP HTTP</c>.</summary>
    public static bool IsRequest(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < MinBytes)
            return false;
        return IsKnownMethod(payload[..MinBytes]) || LooksLikeRequest(payload);
    }

    /// <summary>Takes a request into the fields. A second request of a flow is left alone and reported as such.</summary>
    public static HttpResult ParseRequest(ReadOnlySpan<byte> payload, ExportMode mode, HttpFields fields)
    {
        var methodEnd = payload.IndexOf((byte)' ');
        var urlBytes = methodEnd < 0 ? -1 : payload[(methodEnd + 1)..].IndexOf((byte)' ');
        if (urlBytes < 0 || !payload[(methodEnd + urlBytes + 2)..].StartsWith("HTTP"u8))
            return StartLineFailure(payload);
        if (fields.HasRequest)
            return HttpResult.Second;
        SetText(fields.Method, payload[..methodEnd]);
        SetText(fields.Url, payload.Slice(methodEnd + 1, urlBytes));
        var lines = payload[(methodEnd + 1 + urlBytes)..];
        var end = HttpHeaderLines.LineEnd(lines);
        if (end < 0)
            return HttpResult.CutOff;
        fields.ClearRequestHeaders();
        if (!ReadRequestHeaders(new HttpHeaderLines(lines[(end + 2)..], mode), fields))
            return HttpResult.CutOff;
        fields.HasRequest = true;
        return HttpResult.Complete;
    }

    /// <summary>Takes a response into the fields, likewise.</summary>
    public static HttpResult ParseResponse(ReadOnlySpan<byte> payload, ExportMode mode, HttpFields fields)
    {
        var versionEnd = payload.IndexOf((byte)' ');
        var codeBytes = versionEnd < 0 ? -1 : payload[(versionEnd + 1)..].IndexOf((byte)' ');
        if (codeBytes < 0)
            return StartLineFailure(payload);
        if (!Utf8Parser.TryParse(payload.Slice(versionEnd + 1, codeBytes), out int code, out _) || code <= 0)
            return HttpResult.Incomplete;
        if (fields.HasResponse)
            return HttpResult.Second;
        fields.StatusCode = unchecked((ushort)code);
        var lines = payload[(versionEnd + 1 + codeBytes)..];
        var end = HttpHeaderLines.LineEnd(lines);
        if (end < 0)
            return HttpResult.CutOff;
        fields.ClearResponseHeaders();
        if (!ReadResponseHeaders(new HttpHeaderLines(lines[(end + 2)..], mode), fields))
            return HttpResult.CutOff;
        fields.HasResponse = true;
        return HttpResult.Complete;
    }

    /// <summary>A start line that has no end yet may become one; no start line is longer than a stream may be.</summary>
    private static HttpResult StartLineFailure(ReadOnlySpan<byte> payload) =>
        payload.Contains((byte)'\n') ? HttpResult.Incomplete : HttpResult.CutOff;

    private static bool ReadRequestHeaders(HttpHeaderLines headers, HttpFields fields)
    {
        while (headers.Next())
        {
            if (headers.IsNamed("Host"u8))
                SetText(fields.Host, headers.Value);
            else if (headers.IsNamed("User-Agent"u8))
                SetText(fields.Agent, headers.Value);
            else if (headers.IsNamed("Referer"u8))
                SetText(fields.Referer, headers.Value);
        }
        return !headers.IsCutOff;
    }

    private static bool ReadResponseHeaders(HttpHeaderLines headers, HttpFields fields)
    {
        while (headers.Next())
        {
            if (headers.IsNamed("Content-Type"u8))
                SetText(fields.ContentType, headers.Value);
            else if (headers.IsNamed("Server"u8))
                SetText(fields.Server, headers.Value);
            else if (headers.IsNamed("Set-Cookie"u8) && !AddCookie(headers.Value, fields.CookieNames))
                return true; // a cookie without "=" ends the reading of headers, not the response
        }
        return !headers.IsCutOff;
    }

    private static bool AddCookie(ReadOnlySpan<byte> value, TextField names)
    {
        var end = value.IndexOf((byte)'=');
        if (end < 0)
            return false;
        if (!names.IsEmpty)
        {
            if (names.Room < 2)
                return true;
            names.Append((byte)';');
        }
        names.Append(value[..end]);
        return true;
    }

    private static void SetText(TextField field, ReadOnlySpan<byte> value)
    {
        field.Set(value);
        field.TrimLineEnd();
        field.CutAtNul();
    }

    // Four letters at once: every packet with a payload is asked.
    private static bool IsKnownMethod(ReadOnlySpan<byte> start) => BinaryPrimitives.ReadUInt32BigEndian(start) is
        0x47455420 // "GET "
        or 0x504F5354 // "POST"
        or 0x50555420 // "PUT "
        or 0x48454144 // "HEAD"
        or 0x44454C45 // "DELE"
        or 0x54524143 // "TRAC"
        or 0x4F505449 // "OPTI"
        or 0x434F4E4E // "CONN"
        or 0x50415443; // "PATC"

    private static bool LooksLikeRequest(ReadOnlySpan<byte> payload)
    {
        var methodEnd = payload[..Math.Min(payload.Length, MaxMethodBytes)].IndexOf((byte)' ');
        if (methodEnd < 0)
            return false;
        var target = payload[(methodEnd + 1)..];
        var targetEnd = target.IndexOf((byte)' ');
        return targetEnd >= 0 && target[(targetEnd + 1)..].StartsWith("HTTP"u8);
    }
}
