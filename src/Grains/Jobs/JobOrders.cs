// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Contracts;
using Tci.Grains.Jobs.Phases;

namespace Tci.Grains.Jobs;

/// <summary>What came of an order: refused, taken with a line for the history, or nothing new.</summary>
internal sealed record JobOrder(Problem? Problem, string? Text)
{
    public static readonly JobOrder Known = new(null, null);

    public static JobOrder Refuse(string message, string code = ProblemCodes.Conflict) => new(new Problem(code, message), null);

    public static JobOrder Take(string text) => new(null, text);
}

/// <summary>What people may ask of a job, and when. Changes the record alone; the phases do the work.</summary>
internal static class JobOrders
{
    /// <summary>Steps asked for afterwards are numbered from here, so that they never meet the job's own.</summary>
    public const int LaterStepFirst = 100;

    /// <summary>Steps asked for afterwards, in all.</summary>
    public const int LaterStepsMax = 100;

    private const int KeyLengthMax = 100;

    public static JobOrder Cancel(JobRecord job, Caller by, DateTimeOffset deadline)
    {
        if (job.State == JobState.Cancelled || (job.CancelRequested && !job.State.IsFinal())) return JobOrder.Known;
        if (job.State.IsFinal()) return JobOrder.Refuse($"The job is {job.State} and can no longer be cancelled.");
        if (job.Hold is { } hold) return JobHolds.Refuse(hold, "Cancelling would delete what it captured; stop it instead.");
        job.CancelRequested = true;
        job.CancelDeadline = deadline;
        return JobOrder.Take($"Cancellation asked for by {by.Name}.");
    }

    public static JobOrder Stop(JobRecord job, Caller by)
    {
        if (job.StopRequested) return JobOrder.Known;
        if (job.State != JobState.Capturing) return JobOrder.Refuse($"The job is {job.State}; only captures that run can be stopped. Cancel ends it in any state.");
        job.StopRequested = true;
        return JobOrder.Take($"Stop asked for by {by.Name}.");
    }

    public static JobOrder Pause(JobRecord job, Caller by)
    {
        if (job.State == JobState.Paused || job.PauseRequested) return JobOrder.Known;
        if (job.State is not (JobState.Scheduled or JobState.Waiting)) return JobOrder.Refuse($"The job is {job.State}; only one that has not started can be paused.");
        job.PauseRequested = true;
        return JobOrder.Take($"Pause asked for by {by.Name}.");
    }

    public static JobOrder Resume(JobRecord job, Caller by)
    {
        if (job.PauseRequested)
        {
            job.PauseRequested = false;
            return JobOrder.Take($"Pause taken back by {by.Name}.");
        }

        return job.State == JobState.Paused ? JobOrder.Take($"Resumed by {by.Name}.") : JobOrder.Refuse($"The job is {job.State}, not paused.");
    }

    public static JobOrder Process(JobRecord job, ProcessJob request, DateTimeOffset deadline)
    {
        if (request.Key.Length is 0 or > KeyLengthMax) return JobOrder.Refuse($"A key has 1 to {KeyLengthMax} characters.", ProblemCodes.InvalidRequest);
        if (job.ProcessKeys.Contains(request.Key))
        {
            var same = !job.ProcessSteps.TryGetValue(request.Key, out var known) || Text(known) == Text(request.Steps);
            return same ? JobOrder.Known : JobOrder.Refuse("This key was used for other processing of the job. Take a new key for new processing.", ProblemCodes.IdempotencyKeyReused);
        }

        if (JobSpecRules.CheckSteps(request.Steps) is { } problem) return new JobOrder(problem, null);
        if (request.Steps.Count == 0) return JobOrder.Refuse("At least one processing step is asked for.", ProblemCodes.InvalidRequest);
        if (!job.State.IsFinal() || job.Deleted is not null) return JobOrder.Refuse("Only a job that is final and not deleted can be processed again.");
        if (!job.Captures.Any(c => c.Files.Any(f => f.Raw))) return JobOrder.Refuse("No packets are left of the job to process.");
        var first = job.Runs.Select(r => r.Id.Step + 1).Append(LaterStepFirst).Max();
        if (first + request.Steps.Count > LaterStepFirst + LaterStepsMax) return JobOrder.Refuse($"A job is processed again with at most {LaterStepsMax} steps in all.");
        job.ProcessKeys.Add(request.Key);
        job.ProcessSteps[request.Key] = [.. request.Steps];
        job.Runs.AddRange(Processing.Plan(job, request.Steps, first));
        job.Deadline = deadline;
        return JobOrder.Take($"Further processing asked for by {request.By.Name}.");
    }

    public static JobOrder Delete(JobRecord job, Caller by, DateTimeOffset now)
    {
        if (job.Deleted is not null) return JobOrder.Known;
        if (!job.State.IsFinal()) return JobOrder.Refuse($"The job is {job.State}; cancel it first.");
        if (job.Hold is { } hold) return JobHolds.Refuse(hold, "Release it first.");
        if (Afterwards.HasWork(job)) return JobOrder.Refuse("The job is being processed again; wait for that to end.");
        job.Deleted = now;
        job.DataSet = null;
        return JobOrder.Take($"Deleted by {by.Name}.");
    }

    private static string Text(IReadOnlyList<ProcessingStep> steps) => JsonSerializer.Serialize(steps, ContractJson.Options);
}
