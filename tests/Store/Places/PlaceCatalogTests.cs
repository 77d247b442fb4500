// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;
using Tci.Store.Jobs;
using Tci.Store.Places;
using Tci.Store.Tests.PostgreSql;

namespace Tci.Store.Tests.Places;

public abstract class PlaceCatalogTests(StoreKind kind)
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

    private static ProbeView Probe(int revision, DateTimeOffset seen, bool present) =>
        new() { Id = new ProbeId("local"), Present = present, LastSeen = seen, Host = "h", Version = "0.1.0", DiskFreeBytes = 1, Revision = revision };

    [TestMethod]
    public async Task An_older_point_never_replaces_a_newer_one()
    {
        using var temp = new TempStore(kind);
        using var database = await temp.Open();
        var places = new PlaceCatalog(database);
        await places.Record(Point(1, true));
        await places.Record(Point(3, false));
        await places.Record(Point(2, true));
        var point = (await new Catalog(database).Points()).Single();
        Assert.AreEqual((3, false), (point.Version, point.Present));
    }

    [TestMethod]
    public async Task A_probe_is_as_new_as_its_revision_whatever_its_clock_says()
    {
        using var temp = new TempStore(kind);
        using var database = await temp.Open();
        var places = new PlaceCatalog(database);
        await places.Record(Probe(1, Samples.Noon, true));
        await places.Record(Probe(3, Samples.Noon.AddHours(-1), false));
        await places.Record(Probe(2, Samples.Noon.AddSeconds(1), true));
        var probe = (await new Catalog(database).Probes()).Single();
        Assert.AreEqual((3, Samples.Noon.AddHours(-1), false), (probe.Revision, probe.LastSeen, probe.Present));
    }

    [TestMethod]
    public async Task Orphans_are_captures_that_no_job_wants()
    {
        using var temp = new TempStore(kind);
        using var database = await temp.Open();
        var jobs = new JobCatalog(database);
        await Record(jobs, "job-live", JobState.Capturing, CaptureState.Capturing);
        await Record(jobs, "job-done", JobState.Done, CaptureState.Collected);
        await Record(jobs, "job-lost", JobState.Done, CaptureState.Failed);
        await Record(jobs, "job-deleted", JobState.Done, CaptureState.Collected, Samples.Noon);
        string[] wanted = ["local/job-live.0", "local/job-live.1", "local/job-done.0"];
        string[] orphans = ["local/job-unknown.0", "local/job-done.1", "local/job-lost.0", "local/job-deleted.0"];
        var found = await new PlaceCatalog(database).Orphans([.. wanted.Concat(orphans).Select(c => new CaptureId(c))]);
        CollectionAssert.AreEquivalent(orphans, found.Select(c => c.Value).ToArray());
    }

    [TestMethod]
    public async Task Many_captures_are_looked_up_in_parts()
    {
        using var temp = new TempStore(kind);
        using var database = await temp.Open();
        await Record(new JobCatalog(database), "job-777", JobState.Done, CaptureState.Collected);
        var found = await new PlaceCatalog(database).Orphans([.. Enumerable.Range(0, 1000).Select(i => new CaptureId($"local/job-{i}.0"))]);
        Assert.HasCount(999, found);
        Assert.DoesNotContain(new CaptureId("local/job-777.0"), found);
        Assert.IsEmpty(await new PlaceCatalog(database).Orphans([]));
    }

    private static async Task Record(JobCatalog jobs, string id, JobState state, CaptureState capture, DateTimeOffset? deleted = null)
    {
        await jobs.Create(Samples.Seed(id), Samples.Ann);
        var view = new JobCaptureView(new CaptureId($"local/{id}.0"), new PointId("local/veth0"), capture, null, null, null);
        await jobs.Record(Samples.View(id, 1, state) with { Captures = [view], Deleted = deleted }, null, [], null);
    }
}

[TestClass]
public sealed class PlaceCatalogOnSqliteTests() : PlaceCatalogTests(StoreKind.Sqlite);

[TestClass]
[NeedsPostgreSql]
public sealed class PlaceCatalogOnPostgreSqlTests() : PlaceCatalogTests(StoreKind.PostgreSql);
