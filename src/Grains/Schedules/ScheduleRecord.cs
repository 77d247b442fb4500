// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Schedules;

/// <summary>What a schedule remembers.</summary>
public sealed class ScheduleRecord
{
    /// <summary>Null until it was defined.</summary>
    public ScheduleSpec? Spec { get; set; }

    public Caller Owner { get; set; } = Caller.System;

    public ScheduleState State { get; set; } = ScheduleState.Active;

    public DateTimeOffset Created { get; set; }

    public DateTimeOffset? Next { get; set; }

    /// <summary>A planned start whose job was asked for, or is about to be; until it is known what came of it no other one begins.</summary>
    public DateTimeOffset? Starting { get; set; }

    /// <summary>The latest start that was decided on: none before it begins any more, should the clock go back.</summary>
    public DateTimeOffset? Passed { get; set; }

    public int Made { get; set; }

    public int Missed { get; set; }

    public DateTimeOffset? LastMissed { get; set; }

    public int Refused { get; set; }

    public DateTimeOffset? LastRefused { get; set; }

    /// <summary>The latest refusal, for the audit.</summary>
    public ScheduleRefusal? Refusal { get; set; }

    public JobId? LastJob { get; set; }

    public Problem? Problem { get; set; }

    public int Version { get; set; }
}
