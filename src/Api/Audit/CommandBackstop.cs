// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Tci.Api.Problems;
using Tci.Api.Rights;
using Tci.Api.SignIn;
using Tci.Contracts;

namespace Tci.Api.Audit;

/// <summary>
/// Sees to it that every command that was refused is in the audit before it is answered, wherever it was refused: not signed in, too many requests, no right,
/// a body that cannot be read, a fault. What handlers wrote themselves is not written twice.
/// </summary>
internal sealed class CommandBackstop(RequestDelegate next, CommandAudit audit, UnknownCallers unknown, ILogger<CommandBackstop> log)
{
    public const string Unreadable = "command.unreadable";

    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(() => http.Response.StatusCode >= 400 ? Write(http) : Task.CompletedTask);
        return next(http);
    }

    private async Task Write(HttpContext http)
    {
        if (Action(http) is not { } action || CommandAudit.IsWritten(http)) return;
        var problem = http.Features.Get<Problem>() ?? new Problem(ProblemCodes.Internal, "");
        try
        {
            if (http.Features.Get<Caller>() is null) await unknown.Write(http, action, problem.Code);
            else await audit.Write(http, action, Resource(http), problem);
        }
        catch (Exception e)
        {
            // The answer is a refusal already; that it could not be noted must not turn it into a broken connection.
            Log.RefusalNotAudited(log, e, action, problem.Code);
        }
    }

    // What is not even JSON, routing refuses before it has settled on an endpoint.
    private static string? Action(HttpContext http)
    {
        if (http.GetEndpoint() is RouteEndpoint endpoint) return endpoint.Metadata.GetMetadata<Command>()?.Action;
        return http.Response.StatusCode == StatusCodes.Status415UnsupportedMediaType ? Unreadable : null;
    }

    /// <summary>What the address names, where that is a name; otherwise the kind alone.</summary>
    public static string Resource(HttpContext http)
    {
        if (http.GetEndpoint() is not RouteEndpoint) return http.Request.Path;
        var values = http.Request.RouteValues;
        var kind = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.PathSegments.Skip(2).FirstOrDefault()?.Parts.OfType<Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart>().FirstOrDefault()?.Content ?? "api";
        if (values.TryGetValue("probe", out var probe) && PointId.TryParse($"{probe}/{values.GetValueOrDefault("name")}", out var point)) return point.Value;
        if (values.GetValueOrDefault("id") is string id && (JobId.TryParse(id, out _) || ScheduleId.TryParse(id, out _) || IdCharacters(id))) return id;
        return values.GetValueOrDefault("name") is string name && IdCharacters(name) ? $"{kind}/{name}" : kind;
    }

    private static bool IdCharacters(string text) => text.Length is > 0 and <= 100 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '@' or ':');
}
