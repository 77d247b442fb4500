// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Jobs;

/// <summary>Holds: a job that is held loses no data, whoever asks for it and whatever was planned.</summary>
internal static class JobHolds
{
    private const int ReasonLengthMax = 1000;

    public static JobOrder Hold(JobRecord job, HoldJob request, DateTimeOffset now)
    {
        if (request.Reason.Length > ReasonLengthMax || string.IsNullOrWhiteSpace(request.Reason))
            return JobOrder.Refuse($"A reason has 1 to {ReasonLengthMax} characters, not only spaces.", ProblemCodes.InvalidRequest);
        if (job.Deleted is not null || job.CancelRequested) return JobOrder.Refuse("The data of the job goes already: it was cancelled or deleted.");
        if (job.RequeueRequested) return JobOrder.Refuse("A critical job takes the place of this one, and what it captured so far goes already. Ask again once it waits.");
        if (job.Hold is { } known && known.By == request.By.Name && known.Reason == request.Reason) return JobOrder.Known;
        job.Hold = new JobHold(request.By.Name, now, request.Reason);
        return JobOrder.Take($"Held by {request.By.Name}: {request.Reason}");
    }

    public static JobOrder Release(JobRecord job, Caller by)
    {
        if (job.Hold is null) return JobOrder.Known;
        job.Hold = null;
        return JobOrder.Take($"Hold released by {by.Name}.");
    }

    public static JobOrder Refuse(JobHold hold, string what) => JobOrder.Refuse($"The job is held by {hold.By} since {hold.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}. {what}", ProblemCodes.Held);
}
