// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Tci.Api.Audit;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <summary>What came of an order.</summary>
/// <param name="Status">202 while the job carries it out, 200 once that is done, a problem's otherwise.</param>
internal sealed record GivenOrder(JobView? Job, int Status, ProblemResult? Refusal)
{
    [MemberNotNullWhen(true, nameof(Job))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Ok => Refusal is null && Job is not null;
}

/// <summary>Gives orders to jobs, each with its audit row.</summary>
internal sealed class JobCommands(EntityOrders orders, JobLookup jobs, CommandAudit audit)
{
    /// <summary>Answers with the job; an If-Match of the request counts.</summary>
    public async Task<IResult> Run(string id, HttpContext http, JobOrder order)
    {
        var given = await Give(http, id, order, anyVersion: false);
        return given.Ok ? Versions.Answer(http, given.Job, given.Job.Version, given.Status) : given.Refusal;
    }

    /// <summary>For whatever version the job has.</summary>
    public Task<GivenOrder> Give(HttpContext http, JobId job, JobOrder order) => Give(http, job.Value, order, anyVersion: true);

    private async Task<GivenOrder> Give(HttpContext http, string id, JobOrder order, bool anyVersion)
    {
        var found = await jobs.Find(id, order.DeletedToo);
        if (!found.Ok)
        {
            await audit.Refuse(http, order.Action, JobLookup.Resource(id), found.Refusal);
            return Refused(http, found.Refusal);
        }

        var job = found.Job.Id;
        var given = await orders.Give(
            http,
            new EntityOrder<JobView>($"The job {job}", order.Action, job.Value, g => g.Job(job).Get(new GetJob()), (g, by) => order.Send(g.Job(job), by), v => v.Version)
            {
                Detail = order.Detail,
                AnyVersion = anyVersion,
            });
        if (!given.Ok) return Refused(http, given.Refusal);
        return new GivenOrder(given.Value, order.IsDone(given.Value) ? StatusCodes.Status200OK : StatusCodes.Status202Accepted, null);
    }

    private static GivenOrder Refused(HttpContext http, ProblemResult refusal) => new(null, refusal.Document(http).Status, refusal);
}
