// SPDX-License-Identifier: BSD-3-Clause
using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tci.Api.Files;
using Tci.Contracts;

namespace Tci.Api.Problems;

/// <summary>Puts what handlers throw into words, and logs what is a fault of ours.</summary>
internal static partial class ThrownErrors
{
    public static IResult Problem(Exception error, string traceId, ILogger log)
    {
        switch (error)
        {
            case BadHttpRequestException bad:
                return BadRequest(bad.Message).ToResult(bad.StatusCode);
            case DownloadBrokenException broken:
                return broken.Problem.ToResult();
            case DbException:
                Log.StoreFailed(log, error, traceId);
                return new Problem(ProblemCodes.StoreUnavailable, "The store cannot be used now; nothing was changed that was not confirmed. Try again in a moment.").ToResult();
            default:
                Log.Fault(log, error, traceId);
                return new Problem(ProblemCodes.Internal, "A fault of TCI. The server's log has more under the trace id.").ToResult();
        }
    }

    /// <summary>The framework names the parameter and the value that it could not read; people want no CLR types in between.</summary>
    internal static Problem BadRequest(string message)
    {
        var found = Parameter().Match(message);
        return found.Success
            ? new Problem(ProblemCodes.InvalidRequest, $"{ProblemResults.Shown(found.Groups["value"].Value)} is not a value of '{found.Groups["name"].Value}'.", Field: found.Groups["name"].Value)
            : new Problem(ProblemCodes.InvalidRequest, message);
    }

    [GeneratedRegex("""^Failed to bind parameter "\S+ (?<name>\w+)" from "(?<value>.*)"\.$""", RegexOptions.Singleline)]
    private static partial Regex Parameter();
}
