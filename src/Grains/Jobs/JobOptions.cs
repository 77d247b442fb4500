// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Grains.Jobs;

/// <summary>How long a job waits for what. Every state has a deadline.</summary>
public sealed record JobOptions
{
    /// <summary>In the queue of a point.</summary>
    public TimeSpan WaitMax { get; init; } = TimeSpan.FromDays(7);

    /// <summary>For all captures to be armed.</summary>
    public TimeSpan ArmMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between the agreement on a start and the start: longer than a call to the farthest probe takes.</summary>
    public TimeSpan StartLead { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>A capture without a limit of duration.</summary>
    public TimeSpan CaptureMax { get; init; } = TimeSpan.FromHours(24);

    /// <summary>After a capture's deadline, for a probe that is away to come back.</summary>
    public TimeSpan EndGrace { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan CollectMax { get; init; } = TimeSpan.FromHours(6);

    public TimeSpan ProcessMax { get; init; } = TimeSpan.FromHours(24);

    /// <summary>For captures and runs to confirm that they were cancelled.</summary>
    public TimeSpan CancelMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For probes that are away to come back and delete what a deleted job left there.</summary>
    public TimeSpan DeleteMax { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Between looks at captures and runs whose pokes may have been lost.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Between looks at a probe that is away or has no room: nobody pokes when that changes.</summary>
    public TimeSpan DiskAgainEvery { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Between looks at a full point whose poke may have been lost; also renews the place in its queue.</summary>
    public TimeSpan AskAgainEvery { get; init; } = TimeSpan.FromMinutes(1);
}
