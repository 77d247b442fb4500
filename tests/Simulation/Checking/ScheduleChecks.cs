// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Grains.Schedules;
using Tci.Simulation.Hosts;
using Tci.Simulation.Workload;

namespace Tci.Simulation.Checking;

/// <summary>A schedule ends, its row is its state, and it made what it says.</summary>
internal sealed class ScheduleChecks(Simulation simulation, Checks checks)
{
    public void All()
    {
        var id = Planner.Id;
        var record = checks.Saved<ScheduleRecord>(EntityKind.Schedule, id.Value);
        var row = simulation.Store.Tables.Schedules.GetValueOrDefault(id);
        if (simulation.People!.Planner.Accepted && (record?.Spec is null || row is null)) checks.Fail($"{id} was accepted and is lost.");
        if (record?.Spec is null || row is null) return;
        if (row.Version != record.Version || row.State != record.State || row.Made != record.Made || row.Missed != record.Missed || row.Next != record.Next)
            checks.Fail($"Row and grain of {id} disagree: {row} and version {record.Version}, {record.State}, made {record.Made}.");
        if (row.State != ScheduleState.Ended) checks.Fail($"{id} did not end; it is {row.State}, next {row.Next}.");

        if (record.Starting is { } open) checks.Fail($"{id} never heard what became of its start at {open:HH:mm:ss}.");
        var made = simulation.Store.Tables.Jobs.Values.Count(j => j.Seed.Origin == id.Value);
        if (made != record.Made) checks.Fail($"{id} says it made {record.Made}; there are {made} jobs.");
        if (made > 0 && simulation.People!.Planner.MayNot) checks.Fail($"{id} made {made} jobs for somebody who may have none made.");
        var refused = simulation.Store.Tables.Audit.Count(a => a.Resource == id.Value);
        if (row.Refused != record.Refused || refused != record.Refused) checks.Fail($"{id} was refused {record.Refused} starts; its row says {row.Refused}, and the audit {refused}.");
        if (record.Made > record.Spec.CountMax) checks.Fail($"{id} made {record.Made} jobs; at most {record.Spec.CountMax} were wanted.");
    }
}
