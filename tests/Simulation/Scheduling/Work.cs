// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Simulation.Scheduling;

/// <summary>One thing the simulation will do, unless its owner is dead by then or it was withdrawn.</summary>
internal sealed class Work(Lifetime owner, Action run)
{
    private bool _withdrawn;

    public bool IsDue => !_withdrawn && !owner.Ended;

    public void Run() => run();

    public void Withdraw() => _withdrawn = true;
}
