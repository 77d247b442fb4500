// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;

namespace Tci.Api.Files;

/// <summary>Which bytes a request can lead to being sent (RFC 9110, 14.1.2), to look at them first. The framework decides in the end, with If-Range.</summary>
internal static class RequestedRange
{
    /// <summary>
    /// First and last byte; the whole where no single range of bytes is asked for, whose header is then taken away, since the framework takes every unit
    /// for bytes; null where the range lies outside.
    /// </summary>
    public static (long First, long Last)? Of(HttpRequest request, long length)
    {
        var range = request.GetTypedHeaders().Range;
        if (range is null || range.Unit != "bytes" || range.Ranges.Count != 1)
        {
            request.Headers.Remove("Range");
            return (0, length - 1);
        }

        if (request.Headers.IfRange.Count > 0) return (0, length - 1);
        var (from, to) = (range.Ranges.First().From, range.Ranges.First().To);
        if (from is null) return to is > 0 ? (Math.Max(0, length - to.Value), length - 1) : null;
        return from < length ? (from.Value, Math.Min(to ?? long.MaxValue, length - 1)) : null;
    }
}
