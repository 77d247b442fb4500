// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Simulation.Scheduling;

/// <summary>How long something lives. What waits for a dead one never comes back: neither its timers nor its continuations.</summary>
internal sealed class Lifetime(Lifetime? parent = null)
{
    private bool _ended;

    public bool Ended => _ended || parent is { Ended: true };

    public void End() => _ended = true;
}
