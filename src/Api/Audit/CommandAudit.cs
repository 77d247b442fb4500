// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Problems;
using Tci.Api.Rights;
using Tci.Api.SignIn;
using Tci.Contracts;

namespace Tci.Api.Audit;

/// <summary>Writes what people commanded into the audit, done or refused, before they are answered; and before it is done, where the store does not do it.</summary>
internal sealed class CommandAudit(IAudit audit, TimeProvider clock)
{
    public const string Accepted = "accepted";

    /// <summary>Of a row that stands before an order; the next one of the same caller, action and resource says what came of it.</summary>
    public const string Ordered = "ordered";

    /// <param name="http">Whose command it is.</param>
    /// <param name="action">For example <c>job.cancel</c>.</param>
    /// <param name="resource">An id, or the kind of resource where there is none.</param>
    /// <param name="problem">Why it was refused; null where it was accepted.</param>
    public async Task Write(HttpContext http, string action, string resource, Problem? problem, string? detail = null)
    {
        await audit.Write(new AuditEntry(clock.GetUtcNow(), http.Caller(), action, resource, problem?.Code ?? Accepted, detail));
        if (!IsWritten(http)) MarkWritten(http);
    }

    /// <summary>
    /// Gives an order to an entity, between two rows. Where the second is missing this process died, or lost the store, and the order may have been carried out.
    /// </summary>
    /// <param name="http">Whose order it is.</param>
    /// <param name="action">For example <c>job.cancel</c>.</param>
    /// <param name="resource">The entity's id.</param>
    /// <param name="send">Gives it; only called once the first row is stored.</param>
    public async Task<Answer<T>> Order<T>(HttpContext http, string action, string resource, Func<Task<Answer<T>>> send, string? detail = null)
    {
        await audit.Write(new AuditEntry(clock.GetUtcNow(), http.Caller(), action, resource, Ordered, detail));
        var answer = await send();
        await Write(http, action, resource, answer.Problem, detail);
        return answer;
    }

    /// <summary>The row of an accepted command, for the store to write in the transaction that does it.</summary>
    public AuditEntry Entry(HttpContext http, string resource, string? detail = null)
    {
        var action = http.GetEndpoint()?.Metadata.GetMetadata<Command>()?.Action ?? throw new InvalidOperationException("Only an endpoint that is a command has a row in the audit.");
        return new AuditEntry(clock.GetUtcNow(), http.Caller(), action, resource, Accepted, detail);
    }

    /// <summary>Whether the command of this request is in the audit already.</summary>
    public static bool IsWritten(HttpContext http) => http.Features.Get<Written>() is not null;

    public Task<IResult> Refuse(HttpContext http, string action, string resource, Problem problem) => Refuse(http, action, resource, new ProblemResult(problem));

    public async Task<IResult> Refuse(HttpContext http, string action, string resource, ProblemResult refusal)
    {
        await Write(http, action, resource, refusal.Problem);
        return refusal;
    }

    public static void MarkWritten(HttpContext http) => http.Features.Set(Written.Once);

    private sealed class Written
    {
        public static readonly Written Once = new();
    }
}
