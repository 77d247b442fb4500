// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Contracts;
using Tci.Grains.Jobs;
using Tci.Simulation.Hosts;
using Tci.Simulation.Storing;
using Tci.Simulation.Workload;

namespace Tci.Simulation.Checking;

/// <summary>What must be true of every job when the faults are over and it had its time.</summary>
internal sealed class JobChecks(Simulation simulation, Checks checks)
{
    public void All()
    {
        foreach (var person in simulation.People!.All) Promised(person);
        foreach (var row in simulation.Store.Tables.Jobs.Values)
        {
            if (!row.View.State.IsFinal()) checks.Fail($"{row.Seed.Id} did not end; it is {row.View.State}, waits for: {row.View.Waits}");
            else Ended(row);
        }
    }

    private void Promised(Person person)
    {
        if (!person.Finished) checks.Fail($"The person of {person.Job} got no definite answer.");
        var row = simulation.Store.Tables.Jobs.GetValueOrDefault(person.Job);
        Later(person, row);
        if (person.Accepted && row is null) checks.Fail($"{person.Job} was accepted and is lost.");
        if (person.Deleted && row is not { View: { Deleted: not null, HasDataSet: false } }) checks.Fail($"{person.Job} was to be deleted, and is {row?.View.State}, deleted {row?.View.Deleted}.");
        if (person.Cancelled && row?.View.State != JobState.Cancelled) checks.Fail($"{person.Job} was to be cancelled, and is {row?.View.State}.");
    }

    private void Ended(JobRow row)
    {
        var record = checks.Saved<JobRecord>(EntityKind.Job, row.Seed.Id.Value);
        if (record is null)
        {
            checks.Fail($"{row.Seed.Id} has a final row, and its grain has saved nothing.");
            return;
        }

        var view = JobViews.Of(record);
        if (Text(view) != Text(row.View)) checks.Fail($"Row and grain of {row.Seed.Id} disagree: {Text(row.View)} and {Text(view)}");
        History(row, record);
        if (row.View.State == JobState.Done && row.View.Deleted is null) Done(row.View);
        if (row.View.State == JobState.Done) Strict(row.View);
        if (row.View.Runs.Any(r => !r.State.IsFinal())) checks.Fail($"{row.Seed.Id} is final and has runs that are not: {Text(row.View.Runs)}");
        if (row.View.HasDataSet != simulation.Store.Tables.DataSets.ContainsKey(row.Seed.Id)) checks.Fail($"{row.Seed.Id} has a data set according to its row or its table, not both.");
        if (simulation.Store.Tables.DataSets.TryGetValue(row.Seed.Id, out var set)) new DataSetChecks(simulation, checks).Check(row.View, set);
    }

    /// <summary>Each request for further processing makes one run a capture, however often it is repeated.</summary>
    private void Later(Person person, JobRow? row)
    {
        var captures = row?.View.Captures.Count(c => c.State == CaptureState.Collected) ?? 0;
        var later = row?.View.Runs.Count(r => r.Id.Step >= JobOrders.LaterStepFirst) ?? 0;
        if (!person.Deleted && later != person.Processed * captures) checks.Fail($"{person.Job} was processed again {person.Processed} times over {captures} captures, and has {later} runs of that.");
    }

    private void History(JobRow row, JobRecord record)
    {
        var events = simulation.Store.Tables.Events[row.Seed.Id].Values.ToList();
        if (!events.Select(e => e.Sequence).SequenceEqual(Enumerable.Range(1, record.LastEvent)))
            checks.Fail($"The history of {row.Seed.Id} has the events {string.Join(",", events.Select(e => e.Sequence))} of {record.LastEvent}.");
        else if (events[^1].State != row.View.State)
            checks.Fail($"The last event of {row.Seed.Id} says {events[^1].State}; it is {row.View.State}.");
    }

    /// <summary>A job that does not put up with drops or overload is not done where there were any.</summary>
    private void Strict(JobView job)
    {
        if (job.Spec.FailOn.Drops && job.Captures.Any(c => c.Counters?.Dropped.Values.Any(d => d.Packets > 0) == true)) checks.Fail($"{job.Id} accepts no drops, had some, and is done.");
        if (job.Spec.FailOn.Overload && job.Captures.Any(c => c.Overload is not null)) checks.Fail($"{job.Id} accepts no overload, had some, and is done.");
    }

    /// <summary>What is whole lacks nothing; what lacks something says so.</summary>
    private void Done(JobView job)
    {
        if (!job.HasDataSet) checks.Fail($"{job.Id} is done and has no data set.");
        var whole = job.Captures.All(c => c.State == CaptureState.Collected && c.Problem is null) && job.Runs.All(r => r.State == RunState.Done && r.Problem is null);
        if (whole == job.Partial) checks.Fail($"{job.Id} is done, {(job.Partial ? "in part, and lacks nothing" : "in whole, and lacks something")}: {Text(job)}");
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, ContractJson.Options);
}
