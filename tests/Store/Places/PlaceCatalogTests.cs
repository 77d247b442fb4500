// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Store.Places;

namespace Tci.Store.Tests.Places;

[TestClass]
public sealed class PlaceCatalogTests
{
    private static PointView Point(int version, bool present) => new()
    {
        Id = new PointId("local/eth0"),
        Source = "afpacket:eth0",
        Origin = PointOrigin.Found,
        Present = present,
        Captures = 0,
        Queued = 0,
        Version = version,
    };

    private static ProbeView Probe(DateTimeOffset seen, bool present) =>
        new() { Id = new ProbeId("local"), Present = present, LastSeen = seen, Host = "h", Version = "0.1.0", DiskFreeBytes = 1 };

    [TestMethod]
    public async Task An_older_point_never_replaces_a_newer_one()
    {
        using var temp = new TempStore();
        using var database = await temp.Open();
        var places = new PlaceCatalog(database);
        await places.Record(Point(1, true));
        await places.Record(Point(3, false));
        await places.Record(Point(2, true));
        var point = (await new Catalog(database).Points()).Single();
        Assert.AreEqual((3, false), (point.Version, point.Present));
    }

    [TestMethod]
    public async Task A_probe_is_as_new_as_its_last_report_and_can_turn_absent_without_one()
    {
        using var temp = new TempStore();
        using var database = await temp.Open();
        var places = new PlaceCatalog(database);
        await places.Record(Probe(Samples.Noon, true));
        await places.Record(Probe(Samples.Noon, false));
        await places.Record(Probe(Samples.Noon.AddSeconds(-1), true));
        var probe = (await new Catalog(database).Probes()).Single();
        Assert.AreEqual((Samples.Noon, false), (probe.LastSeen, probe.Present));
    }
}
