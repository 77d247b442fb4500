// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Contracts;

namespace Tci.Api.Problems;

/// <summary>What remains of a deleted job.</summary>
/// <param name="At">When it was deleted.</param>
/// <param name="State">It had in the end.</param>
public sealed record Tombstone(DateTimeOffset At, string Name, string Owner, JobState State, DateTimeOffset Created, DateTimeOffset? Ended)
{
    /// <summary>410 with the tombstone; the job must be deleted.</summary>
    internal static ProblemResult Gone(JobView job)
    {
        var tombstone = new Tombstone(job.Deleted!.Value, job.Spec.Name, job.Owner, job.State, job.Created, job.Ended);
        var problem = new Problem(ProblemCodes.NotFound, $"The job {job.Id} was deleted at {tombstone.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}. Its events can still be read.");
        return new ProblemResult(problem, StatusCodes.Status410Gone) { Deleted = tombstone };
    }
}
