// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Grains.Runs;

/// <summary>What a run remembers.</summary>
public sealed class RunRecord
{
    public RunState State { get; set; } = RunState.Pending;

    /// <summary>Null before it began.</summary>
    public BeginRun? Request { get; set; }

    public double Progress { get; set; }

    public Problem? Problem { get; set; }

    public string? Program { get; set; }

    public List<DataFile> Files { get; set; } = [];
}
