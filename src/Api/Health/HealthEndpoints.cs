// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tci.Api.OpenApi;
using Tci.Contracts;

namespace Tci.Api.Health;

/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
public sealed record HealthAnswer(string Status);

/// <summary>For those who watch over the process: is it alive, and can it do its work. Open to all, and says nothing else.</summary>
internal static class HealthEndpoints
{
    private static readonly JobId s_nobody = new("job-readyz");

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => Answer("live"))
            .WithName("live").WithTags("health").WithSummary("The process answers.").Produces<HealthAnswer>();
        app.MapGet("/readyz", Ready)
            .WithName("ready").WithTags("health").WithSummary("The store answers too.").Produces<HealthAnswer>().Fails(503);
    }

    private static async Task<IResult> Ready(ICatalog catalog, ApiOptions options, TimeProvider clock)
    {
        try
        {
            await catalog.Job(s_nobody).WaitAsync(options.GrainDeadline, clock);
            return Answer("ready");
        }
        catch (TimeoutException)
        {
            return Problems.ProblemResults.ToResult(new Problem(ProblemCodes.StoreUnavailable, $"The store did not answer within {options.GrainDeadline.TotalSeconds:0.#} s."));
        }
    }

    private static IResult Answer(string status) => Results.Json(new HealthAnswer(status), ContractJson.Options);
}
