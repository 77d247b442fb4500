// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Tests.Points;

[TestClass]
public sealed class PointTests
{
    private const string Body = """{"probe":"local","name":"replay","source":"pcap:/x.pcap"}""";
    private static readonly ProbeView s_probe = new() { Id = new ProbeId("local"), Present = true, LastSeen = Samples.Noon, Host = "h", Version = "0.1.0", DiskFreeBytes = 9 };
    private Server _server = null!;

    [TestInitialize]
    public async Task Start()
    {
        _server = await Server.Start();
        _server.Grains.OnProbe = id => FakeGrains.Answers<ProbeView>(id.Value == "local" ? s_probe : new Problem(ProblemCodes.NotFound, "No such probe."));
    }

    [TestCleanup]
    public async Task Stop() => await _server.DisposeAsync();

    [TestMethod]
    public async Task Points_and_probes_are_listed()
    {
        await _server.Places.Record(Samples.Point("local/b"));
        await _server.Places.Record(Samples.Point("local/a"));
        await _server.Places.Record(s_probe);
        CollectionAssert.AreEqual(new[] { "local/a", "local/b" }, (await _server.GetJson("/api/v1/points"))["items"]!.AsArray().Select(p => (string)p!["id"]!).ToArray());
        Assert.AreEqual("local", (string?)(await _server.GetJson("/api/v1/probes"))["items"]![0]!["id"]);
    }

    [TestMethod]
    public async Task Points_of_a_group_are_listed_and_one_that_is_not_there_has_none()
    {
        await _server.Places.Record(Samples.Point("local/a"));
        await _server.Places.Record(Samples.Point("local/b"));
        await _server.Send(HttpMethod.Put, "/api/v1/point-groups/campus", """{"members":["local/b","local/gone"]}""");
        Assert.AreEqual("local/b", (string?)(await _server.GetJson("/api/v1/points?group=campus"))["items"]!.AsArray().Single()!["id"]);
        Assert.HasCount(0, (await _server.GetJson("/api/v1/points?group=none"))["items"]!.AsArray());
    }

    [TestMethod]
    public async Task Adding_a_point_defines_it_as_added_and_present()
    {
        DefinePoint? defined = null;
        _server.Grains.OnDefine = (id, request) =>
        {
            defined = request;
            return FakeGrains.Answers<PointView>(Samples.Point(id.Value, PointOrigin.Added) with { Source = request.Source });
        };
        var response = await _server.Post("/api/v1/points", Body);
        Assert.AreEqual(201, (int)response.StatusCode);
        Assert.AreEqual("/api/v1/points/local/replay", response.Headers.Location!.ToString());
        Assert.AreEqual(new DefinePoint("pcap:/x.pcap", PointOrigin.Added, true, null, new Caller("admin", "127.0.0.1")), defined);
        CollectionAssert.AreEqual(new[] { "admin point.add local/replay accepted" }, _server.Audit());
    }

    [TestMethod]
    public async Task Adding_it_again_is_200()
    {
        await _server.Places.Record(Samples.Point("local/replay", PointOrigin.Added));
        _server.Grains.OnDefine = (id, _) => FakeGrains.Answers<PointView>(Samples.Point(id.Value, PointOrigin.Added));
        Assert.AreEqual(200, (int)(await _server.Post("/api/v1/points", Body)).StatusCode);
    }

    [TestMethod]
    [DataRow("""{"probe":"elsewhere","name":"x","source":"pcap:/x"}""", 400, "invalid-request", "probe")]
    [DataRow("""{"probe":"local","name":"a/b","source":"pcap:/x"}""", 422, "name-invalid", "name")]
    [DataRow("""{"probe":"local","name":"","source":"pcap:/x"}""", 422, "name-invalid", "name")]
    [DataRow("""{"probe":"local","name":"../x","source":"pcap:/x"}""", 422, "name-invalid", "name")]
    [DataRow("""{"probe":"a b","name":"x","source":"pcap:/x"}""", 400, "invalid-request", "probe")]
    [DataRow("""{"probe":"local","name":"x"}""", 400, "invalid-request", "source")]
    [DataRow("""{"probe":"local","name":"x","source":null}""", 400, "invalid-request", "source")]
    public async Task What_cannot_be_added_is_refused_with_the_field_and_audited(string body, int status, string code, string field)
    {
        var problem = await Server.Problem(await _server.Post("/api/v1/points", body), status, code);
        Assert.AreEqual(field, (string?)problem["field"]);
        Assert.EndsWith(code, _server.Audit().Single());
    }

    [TestMethod]
    public async Task What_the_point_itself_refuses_is_passed_on_and_audited()
    {
        _server.Grains.OnDefine = (_, _) => FakeGrains.Answers<PointView>(new Problem(ProblemCodes.InvalidSource, "A source is a kind and a name.", Field: "source"));
        await Server.Problem(await _server.Post("/api/v1/points", Body), 422, ProblemCodes.InvalidSource);
        Assert.AreEqual("admin point.add local/replay invalid-source", _server.Audit().Single());
    }

    [TestMethod]
    public async Task A_point_is_shown_as_its_entity_knows_it()
    {
        _server.Grains.OnPoint = id => FakeGrains.Answers<PointView>(Samples.Point(id.Value) with { Queued = 3 });
        Assert.AreEqual(3, (int?)(await _server.GetJson("/api/v1/points/local/eth0"))["queued"]);
    }

    [TestMethod]
    [DataRow("/api/v1/points/local/none")]
    [DataRow("/api/v1/points/local/a%20b")]
    public async Task An_unknown_point_is_404(string path) => await Server.Problem(await _server.Get(path), 404, ProblemCodes.NotFound);

    [TestMethod]
    public async Task Limits_are_set_as_a_whole_and_audited()
    {
        object? ordered = null;
        _server.Grains.OnPointOrder = (id, request) =>
        {
            ordered = request;
            return FakeGrains.Answers<PointView>(Samples.Point(id.Value) with { Version = 2 });
        };
        var response = await _server.Send(HttpMethod.Put, "/api/v1/points/local/eth0/limits", """{"reservedBytesMax":1000,"allowsPreemption":true}""");
        Assert.AreEqual((200, "\"2\""), ((int)response.StatusCode, response.Headers.ETag!.Tag));
        Assert.AreEqual(new LimitPoint(new PointLimits { ReservedBytesMax = 1000, AllowsPreemption = true }, new Caller("admin", "127.0.0.1")), ordered);
        Assert.AreEqual("admin point.limit local/eth0 accepted", _server.Audit().Single());
    }

    [TestMethod]
    [DataRow("""{"capturesMax":"4"}""", 400, "invalid-request", "capturesMax")]
    [DataRow("""{"captures":4}""", 400, "invalid-request", "captures")]
    [DataRow("""{"capturesMax":0}""", 422, "limit-invalid", "capturesMax")]
    public async Task Limits_that_cannot_be_are_refused_and_audited(string body, int status, string code, string field)
    {
        _server.Grains.OnPointOrder = (_, _) => FakeGrains.Answers<PointView>(new Problem(ProblemCodes.LimitInvalid, "1 to 64.", Field: "capturesMax"));
        var problem = await Server.Problem(await _server.Send(HttpMethod.Put, "/api/v1/points/local/eth0/limits", body), status, code);
        Assert.AreEqual(field, (string?)problem["field"]);
        Assert.AreEqual($"admin point.limit local/eth0 {code}", _server.Audit().Single());
    }

    [TestMethod]
    public async Task A_point_is_removed_where_it_is_the_version_that_was_named()
    {
        _server.Grains.OnPoint = id => FakeGrains.Answers<PointView>(Samples.Point(id.Value) with { Version = 5 });
        _server.Grains.OnPointOrder = (id, _) => FakeGrains.Answers<PointView>(Samples.Point(id.Value) with { Removed = true, Version = 6 });
        await Server.Problem(await _server.Send(HttpMethod.Delete, "/api/v1/points/local/eth0", null, ("If-Match", "\"4\"")), 412, ProblemCodes.Conflict);
        var tag = (await _server.Get("/api/v1/points/local/eth0")).Headers.ETag!.Tag;
        var response = await _server.Send(HttpMethod.Delete, "/api/v1/points/local/eth0", null, ("If-Match", tag));
        Assert.IsTrue((bool)(await Server.Json(response))["removed"]!);
        CollectionAssert.AreEqual(new[] { "admin point.remove local/eth0 conflict", "admin point.remove local/eth0 accepted" }, _server.Audit());
    }

    [TestMethod]
    public async Task A_probe_is_shown_with_its_disk_clock_and_orphans()
    {
        _server.Grains.OnProbe = _ => FakeGrains.Answers<ProbeView>(s_probe with { DiskReservedBytes = 3, ClockOffset = TimeSpan.FromMilliseconds(-20), Orphans = [Samples.Capture] });
        var probe = await _server.GetJson("/api/v1/probes/local");
        Assert.AreEqual((3, "-PT0.02S", "local/job-a.0"), ((long)probe["diskReservedBytes"]!, (string?)probe["clockOffset"], (string?)probe["orphans"]![0]));
    }

    [TestMethod]
    public async Task Maintenance_begins_with_a_reason_and_ends_without()
    {
        var orders = new List<object>();
        _server.Grains.OnPointOrder = (id, order) =>
        {
            orders.Add(order);
            return FakeGrains.Answers<PointView>(Samples.Point(id.Value));
        };
        await _server.Send(HttpMethod.Put, "/api/v1/points/local/a/maintenance", """{"reason":"new cable"}""");
        await _server.Send(HttpMethod.Delete, "/api/v1/points/local/a/maintenance");
        var by = new Caller("admin", "127.0.0.1");
        CollectionAssert.AreEqual(new object[] { new MaintainPoint("new cable", by), new MaintainPoint(null, by) }, orders);
    }
}
