// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Tests.Rights;

[TestClass]
public sealed class GrantTests
{
    private Server _server = null!;

    [TestInitialize]
    public async Task Start()
    {
        _server = await Server.Start();
        _server.Grains.OnSubmit = (_, _) => FakeGrains.Answers<JobView>(Samples.View(JobState.Waiting));
        _server.Grains.OnPoint = id => FakeGrains.Answers<PointView>(Samples.Point(id.Value));
        await _server.Points("local/veth0", "local/veth1");
    }

    [TestCleanup]
    public async Task Stop() => await _server.DisposeAsync();

    [TestMethod]
    public async Task Given_and_taken_away_it_counts_at_once()
    {
        using var bob = await _server.Add("bob");
        for (var i = 0; i < 3; i++)
        {
            Assert.AreEqual(404, await bob.Status("/api/v1/points/local/veth0"));
            var id = await _server.Grant("""{"account":"bob","role":"viewer","point":"local/veth0"}""");
            Assert.AreEqual(200, await bob.Status("/api/v1/points/local/veth0"));
            Assert.AreEqual(404, await bob.Status("/api/v1/points/local/veth1"));
            Assert.AreEqual(204, (int)(await _server.Send(HttpMethod.Delete, $"/api/v1/grants/{id}")).StatusCode);
        }

        Assert.AreEqual(404, await bob.Status("/api/v1/points/local/veth0"));
    }

    [TestMethod]
    public async Task A_group_of_people_holds_on_a_group_of_points_and_both_change()
    {
        using var bob = await _server.Add("bob");
        await _server.Send(HttpMethod.Put, "/api/v1/groups/lab", """{"members":["bob"]}""");
        await _server.Send(HttpMethod.Put, "/api/v1/point-groups/campus", """{"members":["local/veth0"]}""");
        await _server.Grant("""{"group":"lab","role":"viewer","pointGroup":"campus"}""");
        Assert.AreEqual(200, await bob.Status("/api/v1/points/local/veth0"));
        await _server.Send(HttpMethod.Put, "/api/v1/point-groups/campus", """{"members":["local/veth1"]}""");
        Assert.AreEqual(404, await bob.Status("/api/v1/points/local/veth0"));
        Assert.AreEqual(200, await bob.Status("/api/v1/points/local/veth1"));
        await _server.Send(HttpMethod.Delete, "/api/v1/groups/lab");
        await _server.Send(HttpMethod.Put, "/api/v1/groups/lab", """{"members":["bob"]}""");
        Assert.AreEqual(404, await bob.Status("/api/v1/points/local/veth1"), "A group made again under a name inherits nothing.");
    }

    [TestMethod]
    [DataRow("""{"role":"viewer"}""", "account")]
    [DataRow("""{"account":"admin","group":"g","role":"viewer"}""", "account")]
    [DataRow("""{"account":"nobody","role":"viewer"}""", "account")]
    [DataRow("""{"account":"admin"}""", "role")]
    [DataRow("""{"account":"admin","role":"god"}""", "role")]
    [DataRow("""{"account":"admin","role":"viewer","capabilities":["See"]}""", "role")]
    [DataRow("""{"account":"admin","capabilities":["Fly"]}""", "capabilities[0]")]
    [DataRow("""{"account":"admin","role":"viewer","point":"local/a","pointGroup":"g"}""", "point")]
    [DataRow("""{"account":"admin","role":"viewer","pointGroup":"none"}""", "pointGroup")]
    [DataRow("""{"account":"admin","role":"viewer","payloadBytesMax":1}""", "payloadBytesMax")]
    public async Task What_makes_no_sense_is_refused_with_its_field(string json, string field) =>
        Assert.AreEqual(field, (string?)(await Server.Problem(await _server.Post("/api/v1/grants", json), 400, ProblemCodes.InvalidRequest))["field"]);

    [TestMethod]
    public async Task The_first_administrator_stays()
    {
        await Server.Problem(await _server.Send(HttpMethod.Delete, "/api/v1/grants/grant-admin"), 409, ProblemCodes.Conflict);
        await Server.Problem(await _server.Send(HttpMethod.Put, "/api/v1/accounts/admin", """{"disabled":true}"""), 409, ProblemCodes.Conflict);
    }

    [TestMethod]
    public async Task A_right_to_create_may_limit_the_payload_and_another_right_lifts_it()
    {
        using var bob = await _server.Add("bob", "\"role\":\"operator\",\"point\":\"local/veth0\",\"payloadBytesMax\":128");
        var whole = """{"name":"n","points":["local/veth0"],"limits":{"duration":"PT1S"}}""";
        Assert.AreEqual("snaplen", (string?)(await Server.Problem(await bob.Send("POST", "/api/v1/jobs", whole), 403, ProblemCodes.Forbidden))["field"]);
        Assert.AreEqual(403, (int)(await bob.Send("POST", "/api/v1/jobs", whole.Replace("{\"name\"", "{\"snaplen\":129,\"name\"", StringComparison.Ordinal))).StatusCode);
        Assert.AreEqual(201, (int)(await bob.Send("POST", "/api/v1/jobs", whole.Replace("{\"name\"", "{\"snaplen\":128,\"name\"", StringComparison.Ordinal))).StatusCode);
        Assert.AreEqual(201, (int)(await bob.Send("POST", "/api/v1/jobs", whole.Replace("{\"name\"", "{\"anonymise\":{\"removePayload\":true},\"name\"", StringComparison.Ordinal))).StatusCode);
        await _server.Grant("""{"account":"bob","capabilities":["LongPayload"],"point":"local/veth0"}""");
        Assert.AreEqual(201, (int)(await bob.Send("POST", "/api/v1/jobs", whole)).StatusCode);
    }

    [TestMethod]
    public async Task A_right_to_create_may_demand_anonymisation_and_another_right_lifts_it()
    {
        using var bob = await _server.Add("bob", "\"role\":\"operator\",\"point\":\"local/veth0\",\"anonymised\":true");
        await Server.Problem(await bob.Send("POST", "/api/v1/jobs", Samples.JobBody), 403, ProblemCodes.Forbidden);
        await Server.Problem(await bob.Send("POST", "/api/v1/schedules", $$"""{"name":"n","every":"PT1H","job":{{Samples.JobBody}}}"""), 403, ProblemCodes.Forbidden);
        Assert.AreEqual(403, (int)(await bob.Send("POST", "/api/v1/jobs", Samples.JobBody.Replace("{\"name\"", "{\"anonymise\":{\"removePayload\":true},\"name\"", StringComparison.Ordinal))).StatusCode);
        Assert.AreEqual(201, (int)(await bob.Send("POST", "/api/v1/jobs", Samples.JobBody.Replace("{\"name\"", "{\"anonymise\":{\"key\":\"campus\"},\"name\"", StringComparison.Ordinal))).StatusCode);
        await _server.Grant("""{"account":"bob","capabilities":["WithoutAnonymisation"],"point":"local/veth0"}""");
        Assert.AreEqual(201, (int)(await bob.Send("POST", "/api/v1/jobs", Samples.JobBody)).StatusCode);
    }

    [TestMethod]
    public async Task Seeing_a_point_is_not_capturing_on_it()
    {
        using var bob = await _server.Add("bob", "\"role\":\"operator\",\"point\":\"local/veth0\"", "\"role\":\"viewer\",\"point\":\"local/veth1\"");
        var problem = await Server.Problem(await bob.Send("POST", "/api/v1/jobs", Samples.JobBody.Replace("veth0", "veth1", StringComparison.Ordinal)), 403, ProblemCodes.Forbidden);
        Assert.Contains("Create", (string)problem["detail"]!);
    }
}
