// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Problems;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <summary>Lists jobs from the store, newest first.</summary>
internal sealed class ListJobs(ICatalog catalog)
{
    public const int LimitDefault = 50;
    public const int LimitMax = 500;

    public async Task<IResult> Run(HttpContext http, int? limit, string? cursor, JobFilterText texts)
    {
        if (limit is < 1 or > LimitMax) return Bad($"A limit is 1 to {LimitMax}.", "limit");
        var filter = texts.Read();
        if (!filter.Ok) return filter.Problem.ToResult();
        try
        {
            return Results.Json(await catalog.Jobs(new JobQuery(limit ?? LimitDefault, cursor, null) { Filter = filter.Value with { Visible = http.Rights().Visible() } }), ContractJson.Options);
        }
        catch (FormatException e)
        {
            return Bad(e.Message, "cursor");
        }
    }

    private static IResult Bad(string message, string field) => new Problem(ProblemCodes.InvalidRequest, message, Field: field).ToResult();
}
