// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics.CodeAnalysis;
using Tci.Api.Problems;
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <summary>The job that an address names as the store knows it, or why it cannot be shown.</summary>
internal sealed record FoundJob(JobView? Job, ProblemResult? Refusal)
{
    [MemberNotNullWhen(true, nameof(Job))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Ok => Refusal is null && Job is not null;
}

/// <summary>Finds jobs without waking their entities: 404 where there is none, 410 with its tombstone where it was deleted.</summary>
internal sealed class JobLookup(ICatalog catalog)
{
    /// <param name="id">As it came.</param>
    /// <param name="deletedToo">Whether a deleted job is found too.</param>
    public async Task<FoundJob> Find(string id, bool deletedToo = false)
    {
        if (!JobId.TryParse(id, out var job) || await catalog.Job(job) is not { } view) return new FoundJob(null, new ProblemResult(ProblemResults.NoSuchJob(id)));
        return view.Deleted is null || deletedToo ? new FoundJob(view, null) : new FoundJob(null, Tombstone.Gone(view));
    }

    /// <summary>What the audit calls the job: its id, or the kind alone where the text is none.</summary>
    public static string Resource(string id) => JobId.TryParse(id, out var job) ? job.Value : "jobs";
}
