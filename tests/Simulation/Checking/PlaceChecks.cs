// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using Tci.Contracts;
using Tci.Grains.Points;
using Tci.Grains.Probes;
using Tci.Simulation.Hosts;

namespace Tci.Simulation.Checking;

/// <summary>What must be true of points and probes in the end.</summary>
internal sealed class PlaceChecks(Simulation simulation, Checks checks)
{
    /// <summary>A place that has run out is taken back by the next sweep or two.</summary>
    private static readonly TimeSpan s_expiryMax = TimeSpan.FromSeconds(15);

    public void All()
    {
        foreach (var machine in simulation.Machines)
        {
            foreach (var source in machine.Sources) Point(new PointId(machine.Host.Probe, source.Name));
            foreach (var source in machine.LostSources) Lost(new PointId(machine.Host.Probe, source.Name));
            var seen = simulation.Store.Tables.Probes.GetValueOrDefault(machine.Host.Probe);
            if (seen is not { Present: true }) checks.Fail($"{machine.Host.Name} reports again, and the catalog says it is away.");
            var record = checks.Saved<ProbeRecord>(EntityKind.Probe, machine.Host.Probe.Key);
            if (seen?.Revision != record?.Revision || seen?.AwaySince != record?.AwaySince) checks.Fail($"Row and grain of {machine.Host.Name} disagree: revision {seen?.Revision} and {record?.Revision}.");
        }
    }

    private void Point(PointId id)
    {
        var record = checks.Saved<PointRecord>(EntityKind.Point, id.Value);
        var row = simulation.Store.Tables.Points.GetValueOrDefault(id);
        if (record is null || row is null)
        {
            checks.Fail($"{id} is a source of its probe and is no point.");
            return;
        }

        if (!record.Present && !record.Removed) checks.Fail($"The probe has {id}, and the point says it is absent.");
        if (row.Version != record.Version || row.Present != record.Present || row.Captures != record.Holders.Count || row.Queued != record.Queue.Count)
            checks.Fail($"Row and grain of {id} disagree: {JsonSerializer.Serialize(row, ContractJson.Options)} and {JsonSerializer.Serialize(record, ContractJson.Options)}");
        foreach (var place in record.Holders.Concat(record.Queue)) Place(id, place);
    }

    private void Lost(PointId id)
    {
        if (checks.Saved<PointRecord>(EntityKind.Point, id.Value) is { Present: true, Removed: false }) checks.Fail($"The probe has no {id} any more, and the point says it is present.");
    }

    private void Place(PointId id, Place place)
    {
        var now = simulation.Cluster.Controls.Min(h => h.Clock.GetUtcNow());
        if (place.Until + s_expiryMax < now) checks.Fail($"{id} keeps a place for {place.Capture} that ran out at {place.Until:HH:mm:ss}.");
    }
}
