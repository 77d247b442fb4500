// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>
/// The capture engine of the probe a grain lives on. Nothing here waits longer than a fraction of a second; the engine side pokes the capture when something changed.
/// </summary>
public interface ICaptureEngine
{
    /// <summary>Makes the capture directory and has the engine arm it. Where the directory is already there it only looks: nothing is captured twice.</summary>
    Task<Answer<EngineView>> Begin(CaptureId capture, ArmCapture request);

    /// <summary>Reads the status page or, after the end, the summary.</summary>
    Task<Answer<EngineView>> Look(CaptureId capture);

    Task<Answer<EngineView>> StartAt(CaptureId capture, DateTimeOffset instant);

    Task<Answer<EngineView>> Stop(CaptureId capture);
}

/// <summary>What the engine is doing for one capture.</summary>
public enum EngineState
{
    /// <summary>There is no directory for it.</summary>
    Absent,
    Arming,
    Armed,
    Running,
    Ended,
}

/// <param name="End">Once ended.</param>
/// <param name="Problem">Once ended for a reason that nobody asked for.</param>
/// <param name="HasFiles">Whether packets were stored.</param>
/// <param name="Engine">Program and version, once it is known.</param>
public sealed record EngineView(EngineState State, CaptureCounters? Counters, CaptureEnd? End, Problem? Problem, bool HasFiles, string? Engine = null)
{
    /// <summary>Null where there is none now and, once ended, where there was none.</summary>
    public CaptureOverload? Overload { get; init; }
}
