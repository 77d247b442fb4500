// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Simulation.Hosts;

namespace Tci.Simulation.Probes;

/// <summary>Compiles nothing: a filter is bad where it says so. The first answer may be that it is not ready.</summary>
internal sealed class SimFilterCompiler(Simulation simulation, Host host) : IFilterCompiler
{
    private readonly HashSet<string> _asked = [];

    public async Task<Answer<FilterVerdict>> Check(string filter)
    {
        await simulation.Kernel.Delay(TimeSpan.FromMilliseconds(2), host.Life);
        if (simulation.Faults.EngineFails()) return new Problem(ProblemCodes.EngineUnavailable, "The engine does not answer.");
        if (_asked.Add(filter)) return new FilterVerdict(true, 0);
        return filter.StartsWith("bad", StringComparison.Ordinal) ? new Problem(ProblemCodes.InvalidFilter, "A syntax error.", 0, "filter") : new FilterVerdict(false, 8);
    }
}
