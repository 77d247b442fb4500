// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.SignIn;

/// <summary>Writes what people commanded into the audit, done or refused, before they are answered.</summary>
internal sealed class CommandAudit(IAudit audit, TimeProvider clock)
{
    public const string Accepted = "accepted";

    public Task Write(Caller by, string action, string resource, Problem? problem) =>
        audit.Write(new AuditEntry(clock.GetUtcNow(), by, action, resource, problem?.Code ?? Accepted));
}
