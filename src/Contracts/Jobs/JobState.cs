// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Contracts;

/// <summary>Where a job is in its life. Done, Failed and Cancelled are final.</summary>
public enum JobState
{
    Scheduled,
    Paused,
    Waiting,
    Starting,
    Capturing,
    Collecting,
    Processing,
    Done,
    Failed,
    Cancelled,
}

/// <summary>Questions about states that several sides ask.</summary>
public static class JobStates
{
    public static bool IsFinal(this JobState state) => state is JobState.Done or JobState.Failed or JobState.Cancelled;
}
