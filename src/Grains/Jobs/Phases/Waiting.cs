// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Jobs.Phases;

/// <summary>
/// Asks each point for a place, in the order of their names, then each probe for disk, and keeps what is granted. One order for all jobs: two jobs on the
/// same points never hold what the other needs.
/// </summary>
internal sealed class Waiting : IJobPhase
{
    public async Task<JobStep> Step(JobWork work)
    {
        var open = work.Job.Captures.Where(c => c.Problem is null).OrderBy(c => c.Point.Value, StringComparer.Ordinal).ToList();
        var full = await First(open.Where(c => !IsKept(work, c)), c => Reserve(work, c));
        var reason = full ?? await First(open.Where(c => c.Problem is null), c => ReserveDisk(work, c));
        work.Job.Waits = reason;
        if (reason is not null)
        {
            return work.IsLate
                ? await Fail(work, new Problem(ProblemCodes.DeadlinePassed, $"No place was free in time: {reason}"))
                : JobStep.Stay(work.Now + (full is null ? work.Options.DiskAgainEvery : work.Options.AskAgainEvery));
        }

        return work.Job.Captures.All(c => c.Problem is not null)
            ? await Fail(work, work.Job.Captures[0].Problem!)
            : JobStep.Move(JobTrigger.Admit);
    }

    /// <summary>Granted, and for so long that it need not be renewed before the next look.</summary>
    private static bool IsKept(JobWork work, JobCapture capture) =>
        capture.Source is not null && capture.PlaceUntil > work.Now + work.Options.AskAgainEvery + (work.Options.AskAgainEvery / 2);

    private static async Task<string?> First(IEnumerable<JobCapture> captures, Func<JobCapture, Task<string?>> ask)
    {
        foreach (var capture in captures)
        {
            if (await ask(capture) is { } reason) return reason;
        }

        return null;
    }

    /// <summary>Null when the capture has its place or can never have one; otherwise why it waits.</summary>
    private static async Task<string?> Reserve(JobWork work, JobCapture capture)
    {
        capture.HoldsPlace = true;
        capture.Source = null;
        var until = Until(work);
        var request = new ReservePoint(capture.Id, until, work.Spec.Priority, work.Spec.Limits.Bytes);
        var answer = await Calls.Try(() => work.Grains.Point(capture.Point).Reserve(request));
        if (answer.Problem is { Code: ProblemCodes.Unreachable or ProblemCodes.Overloaded } away) return $"{capture.Point}: {away.Message}";
        if (answer.Problem is { } problem)
        {
            capture.HoldsPlace = false;
            capture.Fail(problem);
            return null;
        }

        if (!answer.Value!.Granted) return $"{capture.Point}: {answer.Value.Reason}";
        capture.Source = answer.Value.Source;
        capture.PlaceUntil = until;
        return null;
    }

    private static async Task<string?> ReserveDisk(JobWork work, JobCapture capture)
    {
        var request = new ReserveDisk(capture.Id, work.Spec.Limits.Bytes, Until(work) + (work.Spec.Limits.Duration ?? work.Options.CaptureMax));
        var answer = await Calls.Try(() => work.Grains.Probe(capture.Id.Probe).ReserveDisk(request));
        capture.HoldsDisk = answer.Value is { Granted: true };
        return capture.HoldsDisk ? null : $"{capture.Point}: {answer.Value?.Reason ?? answer.Problem?.Message}";
    }

    private static DateTimeOffset Until(JobWork work) => work.Now + (3 * work.Options.AskAgainEvery);

    private static async Task<JobStep> Fail(JobWork work, Problem problem)
    {
        await work.ReleasePlaces(_ => true);
        return JobStep.Fail(problem);
    }
}
