// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;

namespace Tci.Api.SignIn;

/// <summary>Headers that keep a browser from doing more with an answer than show it. Other sites read nothing, unless CORS is configured for them.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        // At the start of the answer, since an error clears what was set before.
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
            if (http.Request.Path.StartsWithSegments("/api") && headers.CacheControl.Count == 0) headers.CacheControl = "private, no-cache";
            return Task.CompletedTask;
        });
        return next(http);
    }
}
