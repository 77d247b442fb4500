// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tci.Api.Rights;

namespace Tci.Api.Tests.Rights;

/// <summary>Every endpoint says what it needs, and every one that can change something says what the audit calls that.</summary>
[TestClass]
public sealed class DeclarationTests
{
    // They look at what is sent and make nothing.
    private static readonly string[] s_questions = ["validateJob", "checkFilter", "estimateJob"];

    [TestMethod]
    public async Task Every_endpoint_under_api_declares_what_it_needs()
    {
        await using var server = await Server.Start();
        var endpoints = Endpoints(server);
        Assert.IsGreaterThan(25, endpoints.Count);
        var silent = endpoints.Where(e => e.Metadata.GetOrderedMetadata<Need>().Count != 1).Select(Name).ToList();
        Assert.IsEmpty(silent, $"They need exactly one of EndpointNeeds (NeedsOnJob, NeedsEverywhere, …): {string.Join(", ", silent)}");
    }

    [TestMethod]
    public async Task Every_endpoint_that_is_no_reading_declares_its_command()
    {
        await using var server = await Server.Start();
        var silent = Endpoints(server).Where(e => IsWriting(e) && !s_questions.Contains(Name(e)) && e.Metadata.GetMetadata<Command>() is null).Select(Name).ToList();
        Assert.IsEmpty(silent, $"They need .Commands(\"noun.verb\"): {string.Join(", ", silent)}");
    }

    [TestMethod]
    public async Task An_endpoint_that_declares_nothing_lets_nobody_in()
    {
        await using var server = await Server.Start();
        await Server.Problem(await server.Get("/api/v1/test/undeclared"), 403, Contracts.ProblemCodes.Forbidden);
    }

    private static List<RouteEndpoint> Endpoints(Server server) =>
        [.. server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal) && !e.RoutePattern.RawText.Contains("/test/", StringComparison.Ordinal))];

    private static bool IsWriting(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Any(m => m is not ("GET" or "HEAD"));

    private static string Name(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? endpoint.RoutePattern.RawText!;
}
