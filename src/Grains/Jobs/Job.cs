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

    /// <summary>Whether the store is known to hold this version; unknown after activation, so written once more.</summary>
    private int _recorded = -1;

    private JobRecord Record => me.State;

    private DateTimeOffset Now => clock.GetUtcNow();

    public async Task<Answer<JobView>> Submit(SubmitJob request)
    {
        if (await Find()) return JobCreation.Same(Record.Accepted, request) ?? (Answer<JobView>)JobViews.Of(Record);
        if (await JobCreation.Check(request.Spec, grains, Now) is { } problem) return problem;
        try
        {
            var admitted = await catalog.Admit(JobCreation.Seed(new JobId(me.Key), request, Now), request.By);
            if (!admitted.Ok) return admitted.Problem;
            if (JobCreation.Same(admitted.Value, request) is { } other) return other;
            await Adopt(admitted.Value);
        }
        catch (Exception e)
        {
            log.NotCreated(e, me.Key);
            return new Problem(ProblemCodes.StoreUnavailable, "The job could not be stored. Nothing was started; try again with the same idempotency key.");
        }

        await FirstStep();
        return JobViews.Of(Record);
    }

    public async Task<Answer<Nothing>> Check(CheckJob request) =>
        await JobCreation.Check(request.Spec, grains, Now) is { } problem ? problem : Nothing.Value;

    public async Task<Answer<JobView>> Get(GetJob request) => await Find() ? JobViews.Of(Record) : JobCreation.Unknown(me.Key);

    public Task<Answer<JobView>> Cancel(CancelJob request) => Order(request.IfVersion, job => JobOrders.Cancel(job, request.By, Now + options.CancelMax));

    public Task<Answer<JobView>> Stop(StopJob request) => Order(request.IfVersion, job => JobOrders.Stop(job, request.By));

    public Task<Answer<JobView>> Pause(PauseJob request) => Order(request.IfVersion, job => JobOrders.Pause(job, request.By));

    public Task<Answer<JobView>> Resume(ResumeJob request) => Order(
        request.IfVersion,
        job => JobOrders.Resume(job, request.By),
        () =>
        {
            if (Record.State == JobState.Paused) Move(JobTrigger.Resume, null);
        });

    public Task<Answer<JobView>> Process(ProcessJob request) => Order(request.IfVersion, job => JobOrders.Process(job, request, Now + options.ProcessMax));

    public Task<Answer<JobView>> Delete(DeleteJob request) => Order(request.IfVersion, job => JobOrders.Delete(job, request.By, Now));

    public Task<Answer<JobView>> Change(ChangeJob request) => Order(request.IfVersion, job => JobChanges.Change(job, request, Now));

    public Task<Answer<JobView>> Label(LabelJob request) => Order(request.IfVersion, job => JobChanges.Label(job, request));

    public Task<Answer<JobView>> Hold(HoldJob request) => Order(request.IfVersion, job => JobHolds.Hold(job, request, Now));

    public Task<Answer<JobView>> Release(ReleaseJob request) => Order(request.IfVersion, job => JobHolds.Release(job, request.By));

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
        Record.Captures = JobCreation.Captures(seed, attempt: 0);
        Say($"Accepted from {seed.Owner}.");
        await Commit(Now);
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

    /// <summary>Takes an order in: it is saved before anything is done about it, so that it is not forgotten half done.</summary>
    private async Task<Answer<JobView>> Order(int? ifVersion, Func<JobRecord, JobOrder> decide, Action? then = null)
    {
        if (!await Find()) return JobCreation.Unknown(me.Key);
        if (OrderVersions.Refusal($"The job {me.Key}", Record.Version, ifVersion) is { } other) return other;
        var order = decide(Record);
        if (order.Problem is { } problem) return problem;
        if (order.Text is { } text)
        {
            Say(text);
            then?.Invoke();
            await Commit(JobPhases.Of(Record) is null ? null : Now);
        }

        await Advance();
        if (_recorded == Record.Version || JobPhases.Of(Record) is not null) return JobViews.Of(Record);

        // At rest and not due: nobody else comes by to write the row, so who asked must ask again.
        return new Problem(ProblemCodes.StoreUnavailable, "What was asked of the job is done, and its row could not be written. Ask for it again.");
    }

    private async Task Advance()
    {
        for (var i = 0; i < MovesMax && JobPhases.Of(Record) is { } phase; i++)
        {
            var before = JobFingerprint.Of(Record);
            var step = await phase.Step(new JobWork(Record, grains, options, clock));
            foreach (var text in step.Texts) Say(text);
            if (step.Trigger is { } trigger) Move(trigger, step.Problem);
            me.WakeAt(step.WakeAt);
            if (step.Trigger is not null || step.Texts.Count > 0 || before != JobFingerprint.Of(Record)) await Commit(JobPhases.Of(Record) is null ? null : step.WakeAt ?? Now);
            if (step.Trigger is null && step != JobStep.Again) break;
        }

        if (_recorded != Record.Version) await WriteRow(JobPhases.Of(Record) is null ? null : Now);
    }

    private void Move(JobTrigger trigger, Problem? problem)
    {
        var from = Record.State;
        Record.State = JobTransitions.Next(from, trigger) ?? throw new InvalidOperationException($"{trigger} has no place in {from}.");
        Record.Problem = problem;
        Record.Deadline = JobDeadlines.Of(Record, options, Now);
        if (Record.State == JobState.Processing) Record.Runs = Processing.Plan(Record, Record.Seed!.Spec.Processing, first: 0);
        if (Record.State.IsFinal()) End();
        var text = JobTexts.Of(Record, problem);
        Say(text);
        log.Moved(Record.Seed!.Id, from, Record.State, text);
    }

    private void End()
    {
        Record.Ended = Now;
        Record.Waits = null;
        if (Record.State != JobState.Cancelled) Record.DataSet = DataSets.Of(Record, Record.State, Now);
    }

    private void Say(string text) => Record.Outbox.Add(new JobEvent(Record.Seed!.Id, ++Record.LastEvent, Now, Record.State, text));

    /// <summary>State first, then the catalog: a reader of the store may be behind for a moment, never ahead.</summary>
    private async Task Commit(DateTimeOffset? wakeAt)
    {
        Record.Version++;
        me.WakeAt(wakeAt);
        await me.Save();
        await WriteRow(wakeAt);
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
