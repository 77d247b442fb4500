// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Probe.Interop;

/// <summary>The engine's one table of outcomes, <c>enum tci_code</c> of tci_capture.h. From 64 on they are ends that were asked for.</summary>
internal enum TciCode
{
    Ok = 0,
    Failed = 1,
    BadRequest = 2,
    NoSuchSource = 3,
    NoRights = 4,
    BadFilter = 5,
    DirectoryInUse = 6,
    DiskFull = 7,
    SourceDamaged = 8,
    SourceGone = 9,
    WriteFailed = 10,
    Deadline = 11,
    Killed = 12,
    Lost = 13,
    NoLauncher = 14,
    Timeout = 15,
    Busy = 16,
    NoCapture = 17,
    FilterTooCostly = 18,
    BufferTooSmall = 19,
    Unsupported = 20,
    EndDuration = 64,
    EndPackets = 65,
    EndBytes = 66,
    EndStopped = 67,
    EndSourceEnd = 68,
    EndSignal = 69,
}

/// <summary><c>enum tci_state</c>.</summary>
internal enum TciState
{
    Arming = 1,
    Armed = 2,
    Running = 3,
    Stopping = 4,
    Ended = 5,
}
