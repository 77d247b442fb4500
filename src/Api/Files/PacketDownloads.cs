// SPDX-License-Identifier: BSD-3-Clause
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Tci.Api.Audit;
using Tci.Api.SignIn;
using Tci.Contracts;

namespace Tci.Api.Files;

/// <summary>
/// Writes into the audit who takes packets away, before the first of them is sent. A request for the whole is a row; ranges are a row for all that one account
/// takes of one file from one address in an hour, whichever comes first.
/// </summary>
internal sealed class PacketDownloads(CommandAudit audit, TimeProvider clock)
{
    private const string Action = "packets.download";
    private const int KnownMax = 10_000;
    private static readonly TimeSpan s_sameWithin = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(Caller By, JobId Job, string What), long> _begun = new();

    /// <param name="http">The request, about to be answered.</param>
    /// <param name="job">Whose packets they are.</param>
    /// <param name="what">The file's path, or that it is the zip.</param>
    public async Task Begin(HttpContext http, JobId job, string what)
    {
        if (!HttpMethods.IsGet(http.Request.Method)) return;
        var key = (http.Caller(), job, what);
        var isKnown = _begun.TryGetValue(key, out var at) && clock.GetElapsedTime(at) < s_sameWithin;
        if (isKnown && http.Request.Headers.Range.Count > 0) return;
        await audit.Write(http, Action, job.Value, null, what);
        if (_begun.Count >= KnownMax) _begun.Clear();
        _begun[key] = clock.GetTimestamp();
    }

    /// <summary>Of a file whose packets the caller may not have.</summary>
    public async Task<IResult> Refuse(HttpContext http, JobId job, string path, Problem problem)
    {
        await audit.Write(http, Action, job.Value, problem, path);
        return new Problems.ProblemResult(problem);
    }
}
