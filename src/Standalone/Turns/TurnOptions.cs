// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Standalone.Turns;

/// <summary>Bounds of the one-machine host.</summary>
public sealed record TurnOptions
{
    /// <summary>Calls waiting for one entity; more are refused.</summary>
    public int CallsWaitingMax { get; init; } = 1000;

    /// <summary>How long a caller waits for an answer. The turn itself goes on.</summary>
    public TimeSpan AnswerMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An entity nobody calls is dropped from memory after this long; its state is in the store.</summary>
    public TimeSpan IdleMax { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a shut-down waits for turns under way.</summary>
    public TimeSpan DrainMax { get; init; } = TimeSpan.FromSeconds(10);
}
