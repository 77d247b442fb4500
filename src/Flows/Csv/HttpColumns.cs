// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Plugins.Http;

namespace Tci.Flows.Csv;

/// <summary>The columns of <see cref="HttpPlugin"/>.</summary>
internal static class HttpColumns
{
    public static void Write(Field field, RowBuffer row, HttpFields http)
    {
        if (field == Field.HttpResponseStatusCode)
            row.Number(http.StatusCode);
        else
            row.Text(Text(field, http).Value);
    }

    private static Plugins.TextField Text(Field field, HttpFields http) => field switch
    {
        Field.HttpRequestMethod => http.Method,
        Field.HttpRequestHost => http.Host,
        Field.HttpRequestUrl => http.Url,
        Field.HttpRequestAgent => http.Agent,
        Field.HttpRequestReferer => http.Referer,
        Field.HttpResponseContentType => http.ContentType,
        Field.HttpResponseServer => http.Server,
        Field.HttpResponseSetCookieNames => http.CookieNames,
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };
}
