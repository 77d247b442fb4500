// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>A job as people and programs see it.</summary>
public sealed record JobView
{
    public required JobId Id { get; init; }

    public required string Owner { get; init; }

    public required JobSpec Spec { get; init; }

    public required JobState State { get; init; }

    /// <summary>Why it waits, while it does.</summary>
    public string? Waits { get; init; }

    /// <summary>Someone asked to cancel it and its captures have not all confirmed yet.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>Done, yet one of its captures or runs did not do all it should; their problems say why.</summary>
    public bool Partial { get; init; }

    /// <summary>Why it failed.</summary>
    public Problem? Problem { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>What made it, where that was not a person: <c>schedule-…</c>, or the job it runs again.</summary>
    public string? Origin { get; init; }

    /// <summary>Its data is gone; what remains is that it was.</summary>
    public DateTimeOffset? Deleted { get; init; }

    /// <summary>The instant agreed for all captures to start.</summary>
    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Ended { get; init; }

    public IReadOnlyList<JobCaptureView> Captures { get; init; } = [];

    public IReadOnlyList<JobRunView> Runs { get; init; } = [];

    /// <summary>How often its specification was changed since it was accepted.</summary>
    public int SpecChanges { get; init; }

    /// <summary>Whether there is something to download.</summary>
    public bool HasDataSet { get; init; }

    /// <summary>Keeps its data from every deletion.</summary>
    public JobHold? Hold { get; init; }

    /// <summary>Grows by one with every change; the ETag of the resource.</summary>
    public required int Version { get; init; }
}

/// <summary>That a job's data is kept, whatever would delete it, until someone releases it.</summary>
public sealed record JobHold(string By, DateTimeOffset At, string Reason);

/// <summary>What a job knows of one of its captures.</summary>
/// <param name="UnreachableSince">Its probe has not answered since; the engine there may well go on.</param>
public sealed record JobCaptureView(
    CaptureId Id, PointId Point, CaptureState State, CaptureCounters? Counters, CaptureEnd? End, Problem? Problem, DateTimeOffset? UnreachableSince = null)
{
    /// <summary>Whether its rings were nearly full for long; null where they were not.</summary>
    public CaptureOverload? Overload { get; init; }
}

/// <summary>What a job knows of one of its runs. Progress is a share from 0 to 1.</summary>
public sealed record JobRunView(RunId Id, string Processor, RunState State, double Progress, Problem? Problem);
