// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Jobs.Phases;

/// <summary>
/// Asks each point for a place, in the order of their names, and keeps those granted. One order for all jobs: two jobs on the same points never hold what the other needs.
/// </summary>
internal sealed class Waiting : IJobPhase
{
    public async Task<JobStep> Step(JobWork work)
    {
        foreach (var capture in work.Job.Captures.Where(c => c.Problem is null && !IsKept(work, c)).OrderBy(c => c.Point.Value, StringComparer.Ordinal))
        {
            if (await Reserve(work, capture) is not { } reason) continue;
            if (work.IsLate) return await Fail(work, new Problem(ProblemCodes.DeadlinePassed, $"No place was free in time: {reason}"));
            work.Job.Waits = reason;
            return JobStep.Stay(work.Now + work.Options.AskAgainEvery);
        }

        work.Job.Waits = null;
        return work.Job.Captures.All(c => c.Problem is not null)
            ? await Fail(work, work.Job.Captures[0].Problem!)
            : JobStep.Move(JobTrigger.Admit);
    }

    /// <summary>Granted, and for so long that it need not be renewed before the next look.</summary>
    private static bool IsKept(JobWork work, JobCapture capture) =>
        capture.Source is not null && capture.PlaceUntil > work.Now + work.Options.AskAgainEvery + (work.Options.AskAgainEvery / 2);

    private static async Task<JobStep> Fail(JobWork work, Problem problem)
    {
        await work.ReleasePlaces(_ => true);
        return JobStep.Fail(problem);
    }

    /// <summary>Null when the capture has its place or can never have one; otherwise why it waits.</summary>
    private static async Task<string?> Reserve(JobWork work, JobCapture capture)
    {
        var until = work.Now + (3 * work.Options.AskAgainEvery);
        capture.HoldsPlace = true;
        capture.Source = null;
        var answer = await Calls.Try(() => work.Grains.Point(capture.Point).Reserve(new ReservePoint(capture.Id, until)));
        if (answer.Problem is { Code: ProblemCodes.Unreachable } away) return $"{capture.Point}: {away.Message}";
        if (answer.Problem is { } problem)
        {
            capture.HoldsPlace = false;
            capture.Fail(problem);
            return null;
        }

        if (!answer.Value!.Granted) return answer.Value.Reason ?? $"{capture.Point} is busy.";
        capture.Source = answer.Value.Source;
        capture.PlaceUntil = until;
        return null;
    }
}
