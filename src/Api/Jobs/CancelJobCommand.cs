// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Problems;
using Tci.Api.SignIn;
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <summary>Cancels a job: 202 while its captures are being ended, 200 once it is final.</summary>
internal sealed class CancelJobCommand(GrainCalls calls, ICatalog catalog, CommandAudit audit)
{
    public async Task<IResult> Run(string id, HttpContext http)
    {
        if (!JobId.TryParse(id, out var job) || await catalog.Job(job) is null) return ProblemResults.NoSuchJob(id).ToResult();
        var answer = await calls.Ask($"The job {job}", g => g.Job(job).Cancel(new CancelJob(http.Caller())));
        await audit.Write(http.Caller(), "job.cancel", job.Value, answer.Problem);
        if (!answer.Ok) return answer.Problem.ToResult();
        return JobAnswers.Of(http, answer.Value, answer.Value.State.IsFinal() ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }
}
