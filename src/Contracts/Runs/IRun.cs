// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;

namespace Tci.Contracts;

/// <summary>One execution of a processor over a finished capture. Lives on the probe that owns the data.</summary>
public interface IRun : IPokable
{
    /// <summary>Begins the run, once only: repeating it answers with the run as it is.</summary>
    Task<Answer<RunView>> Begin(BeginRun request);

    Task<Answer<RunView>> Get(GetRun request);

    Task<Answer<RunView>> Cancel(CancelRun request);
}

/// <param name="Deadline">When it is ended, finished or not.</param>
public sealed record BeginRun(CaptureId Input, string Processor, JsonElement? Parameters, DateTimeOffset Deadline);

public sealed record GetRun;

public sealed record CancelRun;

/// <summary>Where a run is. Done, Failed and Cancelled are final.</summary>
public enum RunState
{
    Pending,
    Running,
    Done,
    Failed,
    Cancelled,
}

/// <summary>Questions about states that several sides ask.</summary>
public static class RunStates
{
    public static bool IsFinal(this RunState state) => state is RunState.Done or RunState.Failed or RunState.Cancelled;
}

/// <summary>A run as its job sees it.</summary>
public sealed record RunView
{
    public required RunId Id { get; init; }

    public required string Processor { get; init; }

    public required RunState State { get; init; }

    /// <summary>Share done, 0 to 1.</summary>
    public double Progress { get; init; }

    /// <summary>Why it failed; on a run that is Done, what its result lacks.</summary>
    public Problem? Problem { get; init; }

    /// <summary>Program and version that did it, once it is known.</summary>
    public string? Program { get; init; }

    public IReadOnlyList<DataFile> Files { get; init; } = [];
}
