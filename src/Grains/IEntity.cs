// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Grains;

/// <summary>
/// All a grain knows of the runtime it lives in. State is loaded before the first call; one call runs at a time.
/// </summary>
public interface IEntity<TState> where TState : class, new()
{
    string Key { get; }

    /// <summary>The state in memory. It outlives a crash as far as <see cref="Save"/> got.</summary>
    TState State { get; }

    /// <summary>
    /// Writes state and wake instant in one piece. Where that fails the activation is given up, so that memory never runs ahead of the store, and the call throws.
    /// </summary>
    Task Save();

    /// <summary>
    /// Asks to be poked at an instant; null withdraws. Kept in memory at once and with the state at the next <see cref="Save"/>: an instant that matters after a
    /// crash is saved, one that only polls need not be. A saved instant that has passed is served by the sweep every few seconds.
    /// </summary>
    void WakeAt(DateTimeOffset? instant);
}
