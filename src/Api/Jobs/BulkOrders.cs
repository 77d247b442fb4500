// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Audit;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <summary>What a bulk order does to each job.</summary>
public enum BulkAction
{
    Cancel,
    Delete,
    Label,
}

/// <summary>The parameters of the list of jobs, as JSON; all that are given select.</summary>
public sealed record BulkFilter(
    IReadOnlyList<string>? State = null,
    IReadOnlyList<string>? Priority = null,
    string? Owner = null,
    string? Point = null,
    IReadOnlyList<string>? Label = null,
    string? Text = null,
    string? From = null,
    string? To = null);

/// <summary>One order to many jobs: those that are named, or those that a filter finds.</summary>
/// <param name="Jobs">Their ids, 1 to 500; or <paramref name="Filter"/>.</param>
/// <param name="Filter">Selects as the list of jobs does; at least one member is given.</param>
/// <param name="CountMax">With a filter, 1 to 500: where it finds more, nothing is done.</param>
/// <param name="Labels">For the action Label.</param>
/// <param name="DryRun">Only tells which jobs it would be.</param>
public sealed record BulkOrder(
    BulkAction Action, IReadOnlyList<JobId>? Jobs = null, BulkFilter? Filter = null, int? CountMax = null, LabelChange? Labels = null, bool DryRun = false);

/// <param name="Job">Whose answer it is.</param>
/// <param name="Status">What the order to it alone would have answered: 200, 202, or a problem's.</param>
/// <param name="State">The job's afterwards, where it could be asked.</param>
public sealed record BulkItem(JobId Job, int Status, JobState? State, ProblemDocument? Problem);

/// <param name="Ok">How many were done or begun.</param>
/// <param name="Items">An answer a job, in the order of the request, or newest first with a filter.</param>
public sealed record BulkResult(int Ok, int Failed, bool DryRun, IReadOnlyList<BulkItem> Items);

/// <summary>Gives one order to many jobs, a few at a time. Each job decides for itself and has its own audit row.</summary>
internal sealed class BulkOrders(JobCommands commands, JobLookup lookup, ICatalog catalog, ApiOptions options, TimeProvider clock, CommandAudit audit, RequestBody body)
{
    public const int JobsMax = 500;
    private const int AtOnceMax = 8;

    public async Task<IResult> Run(HttpContext http)
    {
        var asked = await body.Read<BulkOrder>(http);
        if (!asked.Ok) return await Refuse(http, asked.Problem);
        var order = asked.Value;
        var labels = new Dictionary<string, string?>();
        if (order.Action == BulkAction.Label)
        {
            var read = order.Labels?.Read("labels.") ?? new Problem(ProblemCodes.InvalidRequest, "The action Label takes 'labels'.", Field: "labels");
            if (!read.Ok) return await Refuse(http, read.Problem);
            labels = read.Value;
        }

        var jobs = await Select(http, order);
        if (!jobs.Ok) return await Refuse(http, jobs.Problem);
        var items = new BulkItem[jobs.Value.Count];
        var begun = clock.GetTimestamp();
        // Before they go their ways: what is known of a request may be read by several at once, not written.
        CommandAudit.MarkWritten(http);
        await Parallel.ForAsync(0, items.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax, CancellationToken = http.RequestAborted }, async (i, _) =>
            items[i] = await One(http, order, jobs.Value[i], labels, begun));
        var ok = items.Count(i => i.Problem is null);
        return Results.Json(new BulkResult(ok, items.Length - ok, order.DryRun, items), ContractJson.Options);
    }

    private async Task<BulkItem> One(HttpContext http, BulkOrder asked, JobId job, IReadOnlyDictionary<string, string?> labels, long begun)
    {
        var order = asked.Action switch
        {
            BulkAction.Cancel => JobOrder.Cancel,
            BulkAction.Delete => JobOrder.Delete,
            _ => JobOrder.Label(labels),
        };
        if (await Lacks(http, job) is { } lacks)
        {
            await audit.Refuse(http, order.Action, job.Value, lacks);
            return Refused(http, job, lacks);
        }

        if (asked.DryRun) return new BulkItem(job, StatusCodes.Status200OK, null, null);
        if (clock.GetElapsedTime(begun) > options.BulkDeadline)
            return Refused(http, job, new Problem(ProblemCodes.DeadlinePassed, $"Not asked: the jobs before it took more than {options.BulkDeadline.TotalSeconds:0} s. Order it again."));
        var given = await commands.Give(http, job, order);
        return new BulkItem(job, given.Status, given.Job?.State, given.Refusal?.Document(http));
    }

    private static BulkItem Refused(HttpContext http, JobId job, Problem problem)
    {
        var document = new ProblemResult(problem).Document(http);
        return new BulkItem(job, document.Status, null, document);
    }

    /// <summary>What an order to this job alone would need.</summary>
    private async Task<Problem?> Lacks(HttpContext http, JobId id)
    {
        var found = await lookup.Find(id.Value, deletedToo: true);
        if (found.Job is not { } job || !http.Rights().Sees(job.Owner, job.Spec.Points)) return ProblemResults.NoSuchJob(id.Value);
        return http.Rights().May(Capability.CancelOthers, job.Owner, job.Spec.Points) ? null : RightsMiddleware.Lacks(Capability.CancelOthers, $" on the points of {id}");
    }

    private async Task<Answer<IReadOnlyList<JobId>>> Select(HttpContext http, BulkOrder order)
    {
        if (order.Jobs is null == order.Filter is null) return Bad("Give either 'jobs' or 'filter'.", "jobs");
        if (order.Jobs is { } named)
        {
            if (order.CountMax is not null) return Bad("'countMax' goes with a filter.", "countMax");
            if (named.Count is 0 or > JobsMax) return Bad($"1 to {JobsMax} jobs are named at once; these are {named.Count}.", "jobs");
            return named.Distinct().Count() == named.Count ? new(named, null) : Bad("A job is named twice.", "jobs");
        }

        return await Found(http, order.Filter!, order.CountMax);
    }

    private async Task<Answer<IReadOnlyList<JobId>>> Found(HttpContext http, BulkFilter filter, int? countMax)
    {
        if (filter == new BulkFilter()) return Bad("A filter that selects every job is none: give at least one member.", "filter");
        if (countMax is null or < 1 or > JobsMax) return Bad($"With a filter 'countMax' says how many jobs it may find, 1 to {JobsMax}.", "countMax");
        if (new[] { filter.State, filter.Priority, filter.Label }.Any(l => l?.Contains(null!) == true)) return Bad("A list must not hold null.", "filter");
        var read = new JobFilterText
        {
            State = [.. filter.State ?? []],
            Priority = [.. filter.Priority ?? []],
            Owner = filter.Owner,
            Point = filter.Point,
            Label = [.. filter.Label ?? []],
            Text = filter.Text,
            From = filter.From,
            To = filter.To,
        }.Read();
        if (!read.Ok) return read.Problem with { Field = $"filter.{read.Problem.Field}" };
        // One more than may be: its presence says that there are too many.
        var page = await catalog.Jobs(new JobQuery(Math.Min(countMax.Value + 1, ListJobs.LimitMax), null, null) { Filter = read.Value with { Visible = http.Rights().Visible() } });
        if (page.Items.Count > countMax || page.Next is not null)
            return new Problem(ProblemCodes.Conflict, $"The filter finds more than {countMax} jobs; nothing was done. Narrow it, or allow more.", Field: "countMax");
        return new([.. page.Items.Select(j => j.Id)], null);
    }

    private Task<IResult> Refuse(HttpContext http, Problem problem) => audit.Refuse(http, "job.bulk", "jobs", problem);

    private static Answer<IReadOnlyList<JobId>> Bad(string message, string field) => new(null, new Problem(ProblemCodes.InvalidRequest, message, Field: field));
}
