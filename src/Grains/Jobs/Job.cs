// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Logging;
using Tci.Contracts;
using Tci.Grains.Jobs.Phases;

namespace Tci.Grains.Jobs;

/// <summary>
/// The grain of a job. It holds no plan: at every poke it looks where it is and takes the steps that are due, so that a crash between any two of them costs time only.
/// </summary>
public class Job(IEntity<JobRecord> me, IGrains grains, IJobCatalog catalog, TimeProvider clock, JobOptions options, ILogger<Job> log) : IJob
{
    /// <summary>More moves in one turn than a life has states would be a circle.</summary>
    private const int MovesMax = 16;

    private static readonly Cancelling s_cancelling = new();
    private static readonly Dictionary<JobState, IJobPhase> s_phases = new()
    {
        [JobState.Scheduled] = new Scheduled(),
        [JobState.Waiting] = new Waiting(),
        [JobState.Starting] = new Starting(),
        [JobState.Capturing] = new Capturing(),
        [JobState.Collecting] = new Collecting(),
        [JobState.Processing] = new Processing(),
    };

    /// <summary>Whether the store is known to hold this version; unknown after activation, so written once more.</summary>
    private int _recorded = -1;

    private JobRecord Record => me.State;

    public async Task<Answer<JobView>> Submit(SubmitJob request)
    {
        if (Record.Seed is { } known) return JobCreation.Same(known, request) ?? (Answer<JobView>)JobViews.Of(Record);
        if (await JobCreation.Check(request, grains, clock.GetUtcNow()) is { } problem) return problem;
        try
        {
            var seed = await catalog.Create(JobCreation.Seed(new JobId(me.Key), request, clock.GetUtcNow()), request.By);
            if (JobCreation.Same(seed, request) is { } other) return other;
            await Adopt(seed);
        }
        catch (Exception e)
        {
            log.NotCreated(e, me.Key);
            return new Problem(ProblemCodes.StoreUnavailable, "The job could not be stored. Nothing was started; try again with the same idempotency key.");
        }

        await FirstStep();
        return JobViews.Of(Record);
    }

    public async Task<Answer<JobView>> Get(GetJob request) =>
        await Find() ? JobViews.Of(Record) : JobCreation.Unknown(me.Key);

    public async Task<Answer<JobView>> Cancel(CancelJob request)
    {
        if (!await Find()) return JobCreation.Unknown(me.Key);
        if (Record.State == JobState.Cancelled) return JobViews.Of(Record);
        if (Record.State.IsFinal()) return new Problem(ProblemCodes.Conflict, $"The job is {Record.State} and can no longer be cancelled.");
        if (!Record.CancelRequested)
        {
            Record.CancelRequested = true;
            Record.CancelDeadline = clock.GetUtcNow() + options.CancelMax;
            Say($"Cancellation asked for by {request.By.Name}.");
            await Commit(clock.GetUtcNow());
        }

        await Advance();
        return JobViews.Of(Record);
    }

    public async Task Poke(Poke request)
    {
        if (await Find()) await Advance();
    }

    /// <summary>A job that was created, but crashed before its grain had saved anything, is found in the catalog.</summary>
    private async Task<bool> Find()
    {
        if (Record.Seed is not null) return true;
        if (!JobId.TryParse(me.Key, out var id) || await catalog.Find(id) is not { } seed) return false;
        await Adopt(seed);
        return true;
    }

    private async Task Adopt(JobSeed seed)
    {
        Record.Seed = seed;
        Record.Captures = [.. seed.Spec.Points.Select((p, i) => new JobCapture { Id = new CaptureId(p.Probe, seed.Id, i), Point = p })];
        Say($"Accepted from {seed.Owner}.");
        await Commit(clock.GetUtcNow());
    }

    private async Task FirstStep()
    {
        try
        {
            await Advance();
        }
        catch (Exception e)
        {
            log.FirstStepFailed(e, Record.Seed!.Id);
        }
    }

    private async Task Advance()
    {
        for (var i = 0; i < MovesMax && !Record.State.IsFinal(); i++)
        {
            var phase = Record.CancelRequested ? s_cancelling : s_phases.GetValueOrDefault(Record.State);
            if (phase is null) break;
            var before = JobFingerprint.Of(Record);
            var step = await phase.Step(new JobWork(Record, grains, options, clock));
            if (step.Trigger is { } trigger)
            {
                Move(trigger, step.Problem, clock.GetUtcNow());
                await Commit(clock.GetUtcNow());
                continue;
            }

            me.WakeAt(step.WakeAt);
            if (before != JobFingerprint.Of(Record)) await Commit(step.WakeAt);
            break;
        }

        if (_recorded != Record.Version) await WriteRow(Record.State.IsFinal() ? null : clock.GetUtcNow());
    }

    private void Move(JobTrigger trigger, Problem? problem, DateTimeOffset now)
    {
        var from = Record.State;
        Record.State = JobTransitions.Next(from, trigger) ?? throw new InvalidOperationException($"{trigger} has no place in {from}.");
        Record.Problem = problem;
        Record.Deadline = JobDeadlines.Of(Record, options, now);
        if (Record.State == JobState.Processing) Record.Runs = Processing.Plan(Record);
        if (Record.State.IsFinal()) End(now);
        var text = JobTexts.Of(Record, problem);
        Say(text);
        log.Moved(Record.Seed!.Id, from, Record.State, text);
    }

    private void End(DateTimeOffset now)
    {
        Record.Ended = now;
        Record.Waits = null;
        if (Record.State != JobState.Cancelled) Record.DataSet = DataSets.Of(Record, Record.State, now, typeof(Job).Assembly.GetName().Version!.ToString(3));
    }

    private void Say(string text) => Record.Outbox.Add(new JobEvent(Record.Seed!.Id, ++Record.LastEvent, clock.GetUtcNow(), Record.State, text));

    /// <summary>State first, then the catalog: a reader of the store may be behind for a moment, never ahead.</summary>
    private async Task Commit(DateTimeOffset? wakeAt)
    {
        Record.Version++;
        var wake = Record.State.IsFinal() ? null : wakeAt;
        me.WakeAt(wake);
        await me.Save();
        await WriteRow(wake);
    }

    private async Task WriteRow(DateTimeOffset? wakeAt)
    {
        try
        {
            await catalog.Record(JobViews.Of(Record), wakeAt, Record.Outbox, Record.DataSet);
            Record.Outbox.Clear();
            _recorded = Record.Version;
        }
        catch (Exception e)
        {
            // The row stays due in the store, so the sweep pokes this job until it is written.
            log.NotRecorded(e, Record.Seed!.Id);
        }
    }
}
