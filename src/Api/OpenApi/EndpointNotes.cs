// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.Problems;

namespace Tci.Api.OpenApi;

/// <param name="Name">Of a request header that an endpoint takes and its handler's parameters do not show.</param>
internal sealed record TakenHeader(string Name, string Description);

/// <summary>What endpoints say of themselves for the OpenAPI document.</summary>
internal static class EndpointNotes
{
    /// <summary>The statuses it answers problems with.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses) endpoint.Produces<ProblemDocument>(status, ProblemResult.ContentType);
        return endpoint;
    }

    /// <summary>The statuses that every endpoint of a group may answer problems with.</summary>
    public static RouteGroupBuilder FailsAnywhere(this RouteGroupBuilder group, params int[] statuses)
    {
        foreach (var status in statuses) group.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemDocument), [ProblemResult.ContentType]));
        return group;
    }

    public static RouteHandlerBuilder TakesHeader(this RouteHandlerBuilder endpoint, string name, string description) =>
        endpoint.WithMetadata(new TakenHeader(name, description));
}
