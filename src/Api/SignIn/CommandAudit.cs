// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Problems;
using Tci.Contracts;

namespace Tci.Api.SignIn;

/// <summary>Writes what people commanded into the audit, done or refused, before they are answered.</summary>
internal sealed class CommandAudit(IAudit audit, TimeProvider clock)
{
    public const string Accepted = "accepted";

    /// <param name="http">Whose command it is.</param>
    /// <param name="action">For example <c>job.cancel</c>.</param>
    /// <param name="resource">An id, or the kind of resource where there is none.</param>
    /// <param name="problem">Why it was refused; null where it was accepted.</param>
    public Task Write(HttpContext http, string action, string resource, Problem? problem) =>
        audit.Write(new AuditEntry(clock.GetUtcNow(), http.Caller(), action, resource, problem?.Code ?? Accepted));

    public Task<IResult> Refuse(HttpContext http, string action, string resource, Problem problem) => Refuse(http, action, resource, new ProblemResult(problem));

    public async Task<IResult> Refuse(HttpContext http, string action, string resource, ProblemResult refusal)
    {
        await Write(http, action, resource, refusal.Problem);
        return refusal;
    }
}
