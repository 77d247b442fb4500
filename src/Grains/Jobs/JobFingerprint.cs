// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Contracts;

namespace Tci.Grains.Jobs;

/// <summary>Tells whether a step changed anything worth saving: live counters and progress are not, they are asked for again.</summary>
internal static class JobFingerprint
{
    public static string Of(JobRecord job)
    {
        var captures = job.Captures.Select(c => new { c.State, c.HoldsPlace, c.HoldsDisk, c.UnreachableSince, c.Source, c.Problem, c.End, Overloaded = c.Overload is not null, Files = c.Files.Count });
        var runs = job.Runs.Select(r => new { r.State, r.Problem, Files = r.Files.Count });
        return JsonSerializer.Serialize(new { job.State, job.Waits, job.StartAt, job.GiveUpAt, job.RequeueRequested, job.CancelDeadline, captures, runs }, ContractJson.Options);
    }
}
