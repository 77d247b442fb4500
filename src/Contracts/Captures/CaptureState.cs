// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>Where a capture is in its life. Collected, Failed and Cancelled are final.</summary>
public enum CaptureState
{
    /// <summary>Nothing was asked of it yet.</summary>
    New,

    /// <summary>The engine opens the source.</summary>
    Arming,

    /// <summary>The engine receives and discards, waiting for the start.</summary>
    Armed,

    /// <summary>Packets are stored.</summary>
    Capturing,

    /// <summary>The engine has ended; its files are not hashed yet.</summary>
    Ended,

    /// <summary>Files are merged and hashed.</summary>
    Collecting,

    /// <summary>Its files are ready.</summary>
    Collected,

    /// <summary>It ended without anything to keep.</summary>
    Failed,

    Cancelled,
}

/// <summary>Questions about states that several sides ask.</summary>
public static class CaptureStates
{
    public static bool IsFinal(this CaptureState state) => state is CaptureState.Collected or CaptureState.Failed or CaptureState.Cancelled;

    /// <summary>Whether no further packet can be stored.</summary>
    public static bool HasEnded(this CaptureState state) => state is CaptureState.Ended or CaptureState.Collecting || state.IsFinal();
}
