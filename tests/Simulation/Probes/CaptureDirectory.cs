// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Simulation.Probes;

/// <summary>What lies on a probe's disk for one capture.</summary>
internal sealed class CaptureDirectory(CaptureId id, EngineProcess engine)
{
    public CaptureId Id => id;

    public EngineProcess Engine { get; set; } = engine;

    /// <summary>collected.json.</summary>
    public WorkView? Collected { get; set; }

    /// <summary>Results of runs, by step.</summary>
    public SortedDictionary<int, WorkView> Runs { get; } = [];
}
