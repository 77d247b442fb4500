// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Grains.Captures;
using Tci.Simulation.Hosts;
using Tci.Simulation.Probes;

namespace Tci.Simulation.Checking;

/// <summary>What must be true on the probes in the end.</summary>
internal sealed class CaptureChecks(Simulation simulation, Checks checks)
{
    public void All()
    {
        foreach (var machine in simulation.Machines)
        {
            foreach (var directory in machine.Directories.Values) Check(machine, directory);
        }
    }

    private void Check(ProbeMachine machine, CaptureDirectory directory)
    {
        if (!simulation.Store.Tables.Jobs.TryGetValue(directory.Id.Job, out var row))
        {
            checks.Fail($"{directory.Id} was captured for a job that nobody accepted.");
            return;
        }

        var listed = row.View.Captures.FirstOrDefault(c => c.Id == directory.Id);
        if (listed?.State == CaptureState.Cancelled) checks.Fail($"{directory.Id} is cancelled, and its directory is still there.");
        var record = checks.Saved<CaptureRecord>(EntityKind.Capture, directory.Id.Value);
        if (record is { CancelRequested: true }) checks.Fail($"{directory.Id} was told to cancel, is {record.State}, and its directory is still there.");
        var isWanted = row.View.Deleted is null && listed?.State == CaptureState.Collected;
        var orphans = simulation.Store.Tables.Probes.GetValueOrDefault(machine.Host.Probe)?.Orphans ?? [];
        if (!isWanted && !orphans.Contains(directory.Id) && !simulation.Faults.Plan.ClockJumps) checks.Fail($"{directory.Id} is left of {row.View.Id}, which is {row.View.State}, and no orphan of its probe.");
        if (directory.Engine.IsAlive && directory.Engine.Deadline < machine.Host.Clock.GetUtcNow()) checks.Fail($"The engine of {directory.Id} outlived its deadline.");
    }
}
