// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json.Serialization;
using Tci.Contracts;

namespace Tci.Grains.Jobs;

/// <summary>What a job remembers. Saved as JSON: members are added, never renamed.</summary>
public sealed class JobRecord
{
    /// <summary>Null until the job was accepted.</summary>
    public JobSeed? Seed { get; set; }

    /// <summary>The specification it was accepted with, where it was changed since; a repeated submission is compared with this one.</summary>
    public JobSpec? AskedFirst { get; set; }

    public int SpecChanges { get; set; }

    [JsonIgnore]
    public JobSeed Accepted => AskedFirst is null ? Seed! : Seed! with { Spec = AskedFirst };

    public JobState State { get; set; } = JobState.Scheduled;

    /// <summary>Grows with every saved change.</summary>
    public int Version { get; set; }

    /// <summary>When the present state is given up.</summary>
    public DateTimeOffset? Deadline { get; set; }

    /// <summary>When captures that were told to stop, their time being over, are given up.</summary>
    public DateTimeOffset? GiveUpAt { get; set; }

    /// <summary>The instant agreed for all captures.</summary>
    public DateTimeOffset? StartAt { get; set; }

    public DateTimeOffset? Ended { get; set; }

    public string? Waits { get; set; }

    public bool CancelRequested { get; set; }

    /// <summary>When an unconfirmed cancellation is taken as done.</summary>
    public DateTimeOffset? CancelDeadline { get; set; }

    public bool StopRequested { get; set; }

    public bool PauseRequested { get; set; }

    /// <summary>A critical job takes its place: what it captured so far goes, and it waits again.</summary>
    public bool RequeueRequested { get; set; }

    /// <summary>How often it was sent back to the queue; each attempt has captures of its own.</summary>
    public int Attempt { get; set; }

    public DateTimeOffset? Deleted { get; set; }

    /// <summary>Keeps the data from every deletion while it is there.</summary>
    public JobHold? Hold { get; set; }

    /// <summary>Packets that were to go after processing stayed, because of a hold then.</summary>
    public bool RawKept { get; set; }

    /// <summary>Requests for further processing that were taken, so that each counts once.</summary>
    public List<string> ProcessKeys { get; set; } = [];

    /// <summary>What was asked for under each of those keys.</summary>
    public Dictionary<string, List<ProcessingStep>> ProcessSteps { get; set; } = [];

    public Problem? Problem { get; set; }

    public List<JobCapture> Captures { get; set; } = [];

    public List<JobRun> Runs { get; set; } = [];

    public DataSet? DataSet { get; set; }

    /// <summary>Sequence number of the last event.</summary>
    public int LastEvent { get; set; }

    /// <summary>Events that the store may not have yet; writing one twice changes nothing.</summary>
    public List<JobEvent> Outbox { get; set; } = [];
}

/// <summary>What a job remembers of one of its captures.</summary>
public sealed class JobCapture
{
    public required CaptureId Id { get; set; }

    public required PointId Point { get; set; }

    /// <summary>What the point captures from, once it granted a place.</summary>
    public string? Source { get; set; }

    /// <summary>Whether the job holds, or may hold, a place on the point.</summary>
    public bool HoldsPlace { get; set; }

    /// <summary>Until when the point is known to keep the place; null where it never said so.</summary>
    public DateTimeOffset? PlaceUntil { get; set; }

    /// <summary>Whether disk of the probe is, or may be, set aside for it.</summary>
    public bool HoldsDisk { get; set; }

    /// <summary>Its probe has not answered since.</summary>
    public DateTimeOffset? UnreachableSince { get; set; }

    /// <summary>Program and version that captured.</summary>
    public string? Engine { get; set; }

    public CaptureState State { get; set; } = CaptureState.New;

    public CaptureCounters? Counters { get; set; }

    public CaptureOverload? Overload { get; set; }

    public CaptureEnd? End { get; set; }

    public Problem? Problem { get; set; }

    public List<DataFile> Files { get; set; } = [];

    /// <summary>Takes over what the capture says of itself.</summary>
    public void Take(CaptureView view)
    {
        State = view.State;
        Counters = view.Counters ?? Counters;
        Overload = view.Overload ?? Overload;
        End = view.End ?? End;
        Engine = view.Engine ?? Engine;
        UnreachableSince = null;
        Problem = view.Problem ?? Problem;
        Files = [.. view.Files];
    }

    /// <summary>Gives the capture up for this job.</summary>
    public void Fail(Problem problem)
    {
        State = CaptureState.Failed;
        Problem = problem;
    }
}

/// <summary>What a job remembers of one of its runs.</summary>
public sealed class JobRun
{
    public required RunId Id { get; set; }

    public required ProcessingStep Step { get; set; }

    public RunState State { get; set; } = RunState.Pending;

    public double Progress { get; set; }

    public Problem? Problem { get; set; }

    /// <summary>Program and version that did it.</summary>
    public string? Program { get; set; }

    public List<DataFile> Files { get; set; } = [];

    /// <summary>Takes over what the run says of itself.</summary>
    public void Take(RunView view)
    {
        State = view.State;
        Progress = view.Progress;
        Problem = view.Problem;
        Program = view.Program ?? Program;
        Files = [.. view.Files];
    }
}
