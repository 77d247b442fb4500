// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Tci.Api.Audit;
using Tci.Api.Problems;
using Tci.Api.SignIn;
using Tci.Contracts;

namespace Tci.Api.Requests;

/// <summary>An order to one entity.</summary>
/// <param name="Entity">For people: <c>The job job-a</c>.</param>
/// <param name="Action">What the audit calls it.</param>
/// <param name="Resource">The entity's id.</param>
/// <param name="Read">Asks for the entity, where the request names a version.</param>
/// <param name="Send">Gives the order.</param>
internal sealed record EntityOrder<T>(
    string Entity, string Action, string Resource, Func<IGrains, Task<Answer<T>>> Read, Func<IGrains, OrderBy, Task<Answer<T>>> Send, Func<T, int> Version)
{
    /// <summary>What else the audit is to know.</summary>
    public string? Detail { get; init; }

    /// <summary>An If-Match of the request is about something else.</summary>
    public bool AnyVersion { get; init; }
}

/// <summary>The entity once the order was given, or why it was not.</summary>
internal sealed record Given<T>(T? Value, ProblemResult? Refusal)
{
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Ok => Refusal is null && Value is not null;
}

/// <summary>Gives orders to entities: for the version that the request names, and never without rows in the audit.</summary>
internal sealed class EntityOrders(GrainCalls calls, CommandAudit audit)
{
    /// <summary>Answers with the entity.</summary>
    public async Task<IResult> Run<T>(HttpContext http, EntityOrder<T> order)
    {
        var given = await Give(http, order);
        return given.Ok ? Versions.Answer(http, given.Value, order.Version(given.Value)) : given.Refusal;
    }

    public async Task<Given<T>> Give<T>(HttpContext http, EntityOrder<T> order)
    {
        var expected = order.AnyVersion ? ExpectedVersion.Any : await Versions.Expected(http, () => calls.Ask(order.Entity, order.Read), order.Version);
        if (expected.Refusal is { } mismatch)
        {
            await audit.Refuse(http, order.Action, order.Resource, mismatch);
            return new Given<T>(default, mismatch);
        }

        var by = new OrderBy(http.Caller(), expected.Version);
        var answer = await audit.Order(http, order.Action, order.Resource, () => calls.Ask(order.Entity, g => order.Send(g, by)), order.Detail);
        return answer.Ok ? new Given<T>(answer.Value, null) : new Given<T>(default, Versions.Refusal(answer.Problem));
    }
}
