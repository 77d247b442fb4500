// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Probe.Files;

/// <summary>collected.json and run.N.json: what a piece of work left, kept so that it is done once.</summary>
/// <param name="Problem">What the result lacks; on a failed run, why it failed.</param>
internal sealed record WorkResult(WorkState State, IReadOnlyList<DataFile> Files, Problem? Problem = null, string? Program = null)
{
    public static readonly WorkView Absent = new(WorkState.Absent, 0, [], null);

    public WorkView View => new(State, State == WorkState.Done ? 1 : 0, Files, Problem, Program);
}
