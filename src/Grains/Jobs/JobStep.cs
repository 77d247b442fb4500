// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Grains.Jobs.Phases;

namespace Tci.Grains.Jobs;

/// <summary>What a phase wants after one look: to move on, or to look again at an instant. Problem goes with Fail.</summary>
internal sealed record JobStep(JobTrigger? Trigger, DateTimeOffset? WakeAt, Problem? Problem = null)
{
    /// <summary>Lines for the history that no move brings about.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    public static JobStep Move(JobTrigger trigger) => new(trigger, null);

    /// <summary>Nothing is left to do.</summary>
    public static readonly JobStep Rest = new(null, null);

    /// <summary>Look again at once: what the job is to do has changed.</summary>
    public static readonly JobStep Again = new(null, DateTimeOffset.MinValue);

    public static JobStep Stay(DateTimeOffset wakeAt) => new(null, wakeAt);

    public static JobStep Fail(Problem problem) => new(JobTrigger.Fail, null, problem);
}

/// <summary>
/// What a job does while it is in one state. A step may be repeated at any time, from any point of it: every call it makes is idempotent, and what must be
/// remembered before a call is saved before it.
/// </summary>
internal interface IJobPhase
{
    Task<JobStep> Step(JobWork work);
}

/// <summary>What a phase works with.</summary>
internal sealed record JobWork(JobRecord Job, IGrains Grains, JobOptions Options, TimeProvider Clock)
{
    public DateTimeOffset Now => Clock.GetUtcNow();

    public JobId Id => Job.Seed!.Id;

    public JobSpec Spec => Job.Seed!.Spec;

    public bool IsLate => Job.Deadline is { } deadline && Now >= deadline;

    public IEnumerable<JobCapture> Live => Job.Captures.Where(c => !c.State.HasEnded());

    /// <summary>Calls the same on several captures at once and takes over the answers; returns those that could not be reached.</summary>
    public async Task<List<(JobCapture Capture, Problem Problem)>> Ask(IEnumerable<JobCapture> captures, Func<ICapture, JobCapture, Task<Answer<CaptureView>>> call)
    {
        var asked = captures.ToList();
        var answers = await Task.WhenAll(asked.Select(c => Calls.Try(() => call(Grains.Capture(c.Id), c))));
        var problems = new List<(JobCapture, Problem)>();
        foreach (var (capture, answer) in asked.Zip(answers))
        {
            if (answer.Ok)
            {
                capture.Take(answer.Value);
                continue;
            }

            if (answer.Problem.Code == ProblemCodes.Unreachable) capture.UnreachableSince ??= Now;
            problems.Add((capture, answer.Problem));
        }

        return problems;
    }

    /// <summary>
    /// Has the points keep the places of captures that go on for longer than was agreed. What cannot be agreed now is tried again at the next step; false where
    /// a place has run out and others have taken it.
    /// </summary>
    public async Task<bool> KeepPlaces(DateTimeOffset until)
    {
        var kept = true;
        foreach (var capture in Live.Where(c => c.HoldsPlace && !(c.PlaceUntil >= until)))
        {
            var answer = await Calls.Try(() => Grains.Point(capture.Point).Reserve(Places.Request(this, capture, until)));
            if (answer.Value is { Granted: true }) capture.PlaceUntil = until;
            kept &= answer.Value is { Granted: true } || answer.Problem is { Code: ProblemCodes.Unreachable };
        }

        return kept;
    }

    /// <summary>
    /// Gives places on points and disk back where the capture no longer needs them. What cannot be given back now is tried again later; false then.
    /// </summary>
    public async Task<bool> ReleasePlaces(Func<JobCapture, bool> which)
    {
        foreach (var capture in Job.Captures.Where(which))
        {
            if (capture.HoldsPlace)
            {
                var stored = capture.Counters?.Stored.Bytes ?? 0;
                capture.HoldsPlace = !(await Calls.Try(() => Grains.Point(capture.Point).Release(new ReleasePoint(capture.Id, stored)))).Ok;
            }

            if (capture.HoldsDisk)
                capture.HoldsDisk = !(await Calls.Try(() => Grains.Probe(capture.Id.Probe).ReleaseDisk(new ReleaseDisk(capture.Id)))).Ok;
        }

        return !Job.Captures.Any(c => which(c) && (c.HoldsPlace || c.HoldsDisk));
    }
}
