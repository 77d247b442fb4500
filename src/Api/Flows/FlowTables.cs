// SPDX-License-Identifier: BSD-3-Clause
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tci.Api.Files;
using Tci.Api.Problems;
using Tci.Contracts;

namespace Tci.Api.Flows;

/// <param name="Sort">See <see cref="FlowTableQuery.Sort"/>.</param>
/// <param name="Where">See <see cref="FlowTableQuery.Where"/>.</param>
internal sealed record FlowQuestion(string? File, string? Sort, bool? Descending, string[] Where, int? Limit, string? Cursor);

/// <param name="Rows">Of the whole table.</param>
/// <param name="Matching">Of these, how many fulfil the conditions.</param>
/// <param name="Next">Cursor of the next page, absent on the last.</param>
public sealed record FlowList(IReadOnlyList<FlowTableColumn> Columns, IReadOnlyList<FlowTableRow> Items, long Rows, long Matching, string? Next);

/// <summary>Tables of flows for people: pages of flow.csv, and what is in it, without anyone reading it whole.</summary>
internal sealed class FlowTables(DataSetDownloads dataSets, IFlowTables tables, ApiOptions options, TimeProvider clock)
{
    public const int LimitDefault = 100;
    public const int LimitMax = 1000;
    private const string TableName = "flow.csv";
    private const int ConditionLengthMax = 255;

    public async Task<IResult> Page(string id, FlowQuestion question, HttpContext http)
    {
        if (question.Limit is < 1 or > LimitMax) return Bad($"A limit is 1 to {LimitMax}.", "limit");
        if (question.Where.Any(w => w.Length > ConditionLengthMax)) return Bad($"A condition has at most {ConditionLengthMax} characters.", "where");
        var start = 0L;
        if (question.Cursor is { } cursor && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out start)) return Bad("The cursor is not one of this list.", "cursor");
        var table = await Find(id, question.File, http);
        if (!table.Ok) return table.Refusal;
        var query = new FlowTableQuery(
            table.File.Capture, table.File.Source.Path, question.Where, question.Sort ?? "row", question.Descending ?? false, start, question.Limit ?? LimitDefault);
        var answer = await InTime(stop => tables.Page(query, stop), http);
        if (answer.Value is not { } page) return answer.Problem!.ToResult();
        return Results.Json(new FlowList(page.Columns, page.Items, page.Rows, page.Matching, page.Next?.ToString(CultureInfo.InvariantCulture)), ContractJson.Options);
    }

    public async Task<IResult> Summary(string id, string? file, HttpContext http)
    {
        var table = await Find(id, file, http);
        if (!table.Ok) return table.Refusal;
        var answer = await InTime(stop => tables.Summary(table.File.Capture, table.File.Source.Path, stop), http);
        return answer.Ok ? Results.Json(answer.Value, ContractJson.Options) : answer.Problem!.ToResult();
    }

    private async Task<Answer<T>> InTime<T>(Func<CancellationToken, Task<Answer<T>>> ask, HttpContext http)
    {
        using var deadline = new CancellationTokenSource(options.FlowsDeadline, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, http.RequestAborted);
        try
        {
            return await ask(stop.Token).WaitAsync(stop.Token);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            return new Problem(ProblemCodes.DeadlinePassed, $"The probe did not answer within {options.FlowsDeadline.TotalSeconds:0} s. Ask for less, or again in a moment.");
        }
    }

    private async Task<FoundTable> Find(string id, string? path, HttpContext http)
    {
        var found = await dataSets.Find(id, http);
        if (!found.Ok) return new FoundTable(null, found.Refusal);
        var there = found.Value.Files.Where(f => f.Path == TableName || f.Path.EndsWith("/" + TableName, StringComparison.Ordinal)).ToList();
        var named = path is null ? there : there.Where(f => f.Path == path).ToList();
        if (named.Count == 1) return new FoundTable(named[0], null);
        var list = string.Join(", ", there.Select(f => f.Path));
        var problem = path is not null
            ? new Problem(ProblemCodes.NotFound, $"The data set has no table of flows {ProblemResults.Shown(path)}. There is: {(list.Length > 0 ? list : "none")}.", Field: "file")
            : there.Count == 0
                ? new Problem(ProblemCodes.NotFound, "The data set has no table of flows; process the job with the processor flows.")
                : new Problem(ProblemCodes.InvalidRequest, $"The data set has several tables of flows; name one as 'file': {list}.", Field: "file");
        return new FoundTable(null, new ProblemResult(problem));
    }

    private static IResult Bad(string message, string field) => new Problem(ProblemCodes.InvalidRequest, message, Field: field).ToResult();
}
