// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Contracts;

namespace Tci.Grains.Jobs;

/// <summary>Changes to what a job was asked for. Changes the record alone; the phases take it from there.</summary>
internal static class JobChanges
{
    public static JobOrder Change(JobRecord job, ChangeJob request, DateTimeOffset now)
    {
        var known = job.Seed!.Spec;
        if (job.State is not (JobState.Scheduled or JobState.Paused or JobState.Waiting) || job.CancelRequested)
            return JobOrder.Refuse($"The job is {(job.CancelRequested ? "being cancelled" : job.State)}; only one that has not started can be changed.");
        if (!known.Points.SequenceEqual(request.Spec.Points))
            return new JobOrder(new Problem(ProblemCodes.Conflict, "The points of a job stay as they are; ask for a new job on others.", Field: "points"), null);
        if (Text(known) == Text(request.Spec)) return JobOrder.Known;
        // A start that was asked for before may lie in the past by now.
        if (JobSpecRules.Check(request.Spec.StartAt == known.StartAt ? request.Spec with { StartAt = null } : request.Spec, now) is { } problem) return new JobOrder(problem, null);
        if (job.State == JobState.Waiting && request.Spec.StartAt != known.StartAt)
            return new JobOrder(new Problem(ProblemCodes.Conflict, "The job's start has come, and it waits for its points; pause it to set another.", Field: "startAt"), null);
        Take(job, request.Spec);

        // Places are asked for again, as what it is now: the point decides what they are worth.
        foreach (var capture in job.Captures) capture.PlaceUntil = null;
        return JobOrder.Take($"Changed by {request.By.Name}.");
    }

    public static JobOrder Label(JobRecord job, LabelJob request)
    {
        if (job.Deleted is not null) return JobOrder.Refuse("The job was deleted.");
        var known = job.Seed!.Spec;
        var labels = new Dictionary<string, string>(known.Labels);
        foreach (var (key, value) in request.Labels)
        {
            if (value is null) labels.Remove(key);
            else
                labels[key] = value;
        }

        if (JobSpecRules.CheckLabels(labels) is { } problem) return new JobOrder(problem, null);
        if (labels.Count == known.Labels.Count && labels.All(l => known.Labels.TryGetValue(l.Key, out var value) && value == l.Value)) return JobOrder.Known;
        Take(job, known with { Labels = labels });
        return JobOrder.Take($"Labelled by {request.By.Name}.");
    }

    private static void Take(JobRecord job, JobSpec spec)
    {
        job.AskedFirst ??= job.Seed!.Spec;
        job.Seed = job.Seed! with { Spec = spec };
        job.SpecChanges++;
    }

    private static string Text(JobSpec spec) => JsonSerializer.Serialize(spec, ContractJson.Options);
}
