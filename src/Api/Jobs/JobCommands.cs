// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Tci.Api.Audit;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Api.SignIn;
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
internal sealed class JobCommands(GrainCalls calls, JobLookup jobs, CommandAudit audit)
{
    /// <summary>Answers with the job; an If-Match of the request counts.</summary>
    public async Task<IResult> Run(string id, HttpContext http, JobOrder order)
    {
        var given = await Give(http, id, order, job => Versions.Expected(http, () => calls.Ask($"The job {job}", g => g.Job(job).Get(new GetJob())), v => v.Version));
        return given.Ok ? Versions.Answer(http, given.Job, given.Job.Version, given.Status) : given.Refusal;
    }

    /// <summary>For whatever version the job has.</summary>
    public Task<GivenOrder> Give(HttpContext http, JobId job, JobOrder order) => Give(http, job.Value, order, _ => Task.FromResult(ExpectedVersion.Any));

    private async Task<GivenOrder> Give(HttpContext http, string id, JobOrder order, Func<JobId, Task<ExpectedVersion>> expect)
    {
        var found = await jobs.Find(id, order.DeletedToo);
        if (!found.Ok) return await Refuse(http, order, JobLookup.Resource(id), found.Refusal);
        var job = found.Job.Id;
        var expected = await expect(job);
        if (expected.Refusal is { } mismatch) return await Refuse(http, order, job.Value, mismatch);
        var answer = await calls.Ask($"The job {job}", g => order.Send(g.Job(job), new OrderBy(http.Caller(), expected.Version)));
        if (!answer.Ok) return await Refuse(http, order, job.Value, Versions.Refusal(answer.Problem));
        await audit.Write(http, order.Action, job.Value, null, order.Detail);
        return new GivenOrder(answer.Value, order.IsDone(answer.Value) ? StatusCodes.Status200OK : StatusCodes.Status202Accepted, null);
    }

    private async Task<GivenOrder> Refuse(HttpContext http, JobOrder order, string resource, ProblemResult refusal)
    {
        await audit.Refuse(http, order.Action, resource, refusal);
        return new GivenOrder(null, refusal.Document(http).Status, refusal);
    }
}
