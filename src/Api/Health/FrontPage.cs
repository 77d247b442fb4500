// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Tci.Api.Health;

/// <summary>What someone sees who opens the server in a browser.</summary>
internal static class FrontPage
{
    private const string Page =
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <title>TCI</title>
        <h1>TCI, Traffic Capture Infrastructure</h1>
        <p>Captures network traffic on capture points, processes it, and hands out the data sets.</p>
        <p>The API is under <code>/api/v1</code>, described in <a href="/openapi/v1.json">/openapi/v1.json</a>. It takes a token:</p>
        <pre>curl -H "Authorization: Bearer $(cat DATA/admin-token)" http://HOST:PORT/api/v1/points</pre>
        <p>DATA is the server's data folder; its first start wrote the token there.</p>
        </html>

        """;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/", () => Results.Text(Page, "text/html; charset=utf-8")).ExcludeFromDescription();
}
