// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.SignIn;
using Tci.Contracts;

namespace Tci.Api.Audit;

/// <summary>
/// Commands of callers nobody knows. They cost them nothing, so the audit takes so many a second; of the rest it gets the number, with the next that it takes.
/// </summary>
internal sealed class UnknownCallers(IAudit audit, TimeProvider clock)
{
    public const string Name = "unknown";
    private const int RowsPerSecondMax = 10;

    private readonly Lock _gate = new();
    private long _second;
    private int _rows;
    private long _skipped;

    public async Task Write(HttpContext http, string action, string code)
    {
        var now = clock.GetUtcNow();
        if (Take(now) is not { } skipped) return;
        var by = new Caller(Name, Callers.From(http));
        if (skipped > 0) await audit.Write(new AuditEntry(now, new Caller(Name, "several"), "command.any", "several", ProblemCodes.Unauthenticated, $"{skipped} more commands were refused in a moment."));
        await audit.Write(new AuditEntry(now, by, action, CommandBackstop.Resource(http), code));
    }

    /// <summary>How many were skipped before this one, which is taken; null where it is skipped too.</summary>
    private long? Take(DateTimeOffset now)
    {
        lock (_gate)
        {
            var second = now.ToUnixTimeSeconds();
            if (second != _second) (_second, _rows) = (second, 0);
            if (_rows++ >= RowsPerSecondMax)
            {
                _skipped++;
                return null;
            }

            var skipped = _skipped;
            _skipped = 0;
            return skipped;
        }
    }
}
