// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Captures;

/// <summary>What a capture makes of what the engine and the collector say. Changes the record alone.</summary>
internal static class CaptureDecisions
{
    /// <summary>Takes over what the engine says while it is at work.</summary>
    public static void Take(CaptureRecord capture, EngineView engine)
    {
        capture.Counters = engine.Counters ?? capture.Counters;
        capture.Overload = engine.Overload ?? (capture.Overload is { } before ? before with { Now = false } : null);
        capture.Engine = engine.Engine ?? capture.Engine;
        switch (engine.State)
        {
            case EngineState.Arming:
                break;
            case EngineState.Armed:
                capture.State = CaptureState.Armed;
                break;
            case EngineState.Running:
                capture.State = CaptureState.Capturing;
                break;
            case EngineState.Ended:
                TakeEnd(capture, engine);
                break;
            case EngineState.Absent when capture.State != CaptureState.Arming:
                capture.State = CaptureState.Failed;
                capture.Problem = new Problem(ProblemCodes.CaptureLost, "The capture's directory is gone from its probe.");
                break;
        }
    }

    /// <summary>Takes over what the collector says.</summary>
    public static void Take(CaptureRecord capture, WorkView work)
    {
        if (work.State == WorkState.Done)
        {
            capture.State = CaptureState.Collected;
            capture.Files = [.. work.Files];
            capture.Problem ??= work.Problem;
        }
        else if (work.State == WorkState.Failed)
        {
            capture.State = CaptureState.Failed;
            capture.Problem = work.Problem ?? new Problem(ProblemCodes.CollectionFailed, "Merging and hashing failed.");
        }
    }

    private static void TakeEnd(CaptureRecord capture, EngineView engine)
    {
        capture.End = engine.End;
        capture.Problem = engine.Problem;
        capture.State = engine.Problem is null || engine.HasFiles ? CaptureState.Ended : CaptureState.Failed;
    }
}
