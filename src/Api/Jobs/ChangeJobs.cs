// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Http;
using Tci.Api.Audit;
using Tci.Api.Filters;
using Tci.Api.Problems;
using Tci.Api.Requests;
using Tci.Api.Rights;
using Tci.Contracts;

namespace Tci.Api.Jobs;

/// <param name="Set">Labels to set, key to value.</param>
/// <param name="Remove">Keys of labels to take away; one that is not there is harmless.</param>
public sealed record LabelChange(IReadOnlyDictionary<string, string>? Set = null, IReadOnlyList<string>? Remove = null)
{
    /// <summary>As a job takes it: a null removes.</summary>
    internal Answer<Dictionary<string, string?>> Read(string prefix = "")
    {
        var all = (Set ?? new Dictionary<string, string>()).ToDictionary(l => l.Key, l => (string?)l.Value);
        if (all.Values.Any(v => v is null)) return new Problem(ProblemCodes.InvalidRequest, "A label's value must not be null; 'remove' takes labels away.", Field: prefix + "set");
        foreach (var key in Remove ?? [])
        {
            if (key is null || !all.TryAdd(key, null)) return new Problem(ProblemCodes.InvalidRequest, "A label is named twice, or is null.", Field: prefix + "remove");
        }

        return all.Count > 0 ? all : new Problem(ProblemCodes.InvalidRequest, "Give labels to set or to remove.", Field: prefix + "set");
    }
}

/// <summary>Changes what a job was asked for: all of it before it starts, its labels at any time.</summary>
internal sealed class ChangeJobs(JobCommands commands, JobLookup jobs, FilterGate filters, CommandAudit audit, RequestBody body)
{
    public async Task<IResult> Specification(string id, HttpContext http)
    {
        const string action = "job.change";
        var spec = await body.Read<JobSpec>(http);
        if (!spec.Ok) return await audit.Refuse(http, action, JobLookup.Resource(id), spec.Problem);
        var found = await jobs.Find(id);
        if (!found.Ok) return await audit.Refuse(http, action, JobLookup.Resource(id), found.Refusal);
        if (CreationRules.Check(http.Rights(), spec.Value) is { } lacks) return await audit.Refuse(http, action, JobLookup.Resource(id), lacks);
        var isNewFilter = found.Job.Spec.Filter != spec.Value.Filter;
        if (isNewFilter && await filters.Check(spec.Value, http.RequestAborted) is { } bad) return await audit.Refuse(http, action, JobLookup.Resource(id), bad);
        return await commands.Run(id, http, JobOrder.Change(spec.Value));
    }

    public async Task<IResult> Labels(string id, HttpContext http)
    {
        const string action = "job.label";
        var change = await body.Read<LabelChange>(http);
        var labels = change.Ok ? change.Value.Read() : change.Problem;
        return labels.Ok ? await commands.Run(id, http, JobOrder.Label(labels.Value)) : await audit.Refuse(http, action, JobLookup.Resource(id), labels.Problem);
    }
}
