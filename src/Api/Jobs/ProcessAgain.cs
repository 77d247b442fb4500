// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Audit;
using Tci.Api.Requests;
using Tci.Api.SignIn;
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <param name="Processing">Steps in order, as in a job.</param>
public sealed record FurtherProcessing(IReadOnlyList<ProcessingStep> Processing);

/// <summary>Processes a final job again. A request that is repeated with its key makes no second set of runs.</summary>
internal sealed class ProcessAgain(JobCommands commands, CommandAudit audit, RequestBody body)
{
    /// <summary>What a job takes as the name of a request.</summary>
    public const int KeyLengthMax = 100;

    private const string Action = "job.process";

    public async Task<IResult> Run(string id, HttpContext http)
    {
        var (key, problem) = IdempotencyKey.Read(http.Request, KeyLengthMax);
        if (problem is not null) return await audit.Refuse(http, Action, JobLookup.Resource(id), problem);
        var asked = await body.Read<FurtherProcessing>(http);
        if (!asked.Ok) return await audit.Refuse(http, Action, JobLookup.Resource(id), asked.Problem);
        return await commands.Run(id, http, JobOrder.Process(asked.Value.Processing, key ?? IdCharacters.Of("", null)));
    }
}
