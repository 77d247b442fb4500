// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Contracts;

namespace Tci.Api.Problems;

/// <summary>Puts the framework's bare statuses into words.</summary>
internal static class BareErrors
{
    public static IResult Problem(HttpContext http)
    {
        var status = http.Response.StatusCode;
        var problem = status switch
        {
            StatusCodes.Status404NotFound => new Problem(
                ProblemCodes.NotFound, $"There is nothing at {ProblemResults.Shown(http.Request.Path)}. /openapi/v1.json lists what there is."),
            StatusCodes.Status405MethodNotAllowed => new Problem(
                ProblemCodes.InvalidRequest, $"{ProblemResults.Shown(http.Request.Method)} is not possible here; possible is {http.Response.Headers.Allow}."),
            StatusCodes.Status412PreconditionFailed => new Problem(ProblemCodes.Conflict, "The resource is not the one that If-Match names."),
            StatusCodes.Status415UnsupportedMediaType => new Problem(ProblemCodes.InvalidRequest, "Send the body as application/json in UTF-8."),
            StatusCodes.Status416RangeNotSatisfiable => new Problem(
                ProblemCodes.InvalidRequest, $"The range lies outside of the resource ({http.Response.Headers.ContentRange})."),
            >= 500 => new Problem(ProblemCodes.Internal, "A fault of TCI. The server's log has more under the trace id."),
            _ => new Problem(ProblemCodes.InvalidRequest, $"The request cannot be served (HTTP status {status})."),
        };
        return problem.ToResult(status);
    }
}
