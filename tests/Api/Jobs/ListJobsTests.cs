// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Tests.Jobs;

[TestClass]
public sealed class ListJobsTests
{
    private static Server s_server = null!;

    [ClassInitialize]
    public static async Task Start(TestContext context)
    {
        s_server = await Server.Start();
        for (var i = 0; i < 7; i++) await s_server.Jobs.Create(new JobSeed(new JobId($"job-{i}"), "ann", Samples.Spec(), Samples.Noon.AddSeconds(i), null), Samples.Ann);
    }

    [ClassCleanup]
    public static async Task Stop() => await s_server.DisposeAsync();

    [TestMethod]
    public async Task Pages_lead_to_the_end()
    {
        var ids = new List<string>();
        var path = "/api/v1/jobs?limit=3";
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await s_server.GetJson(cursor.Length == 0 ? path : $"{path}&cursor={cursor}");
            ids.AddRange(page["items"]!.AsArray().Select(j => (string)j!["id"]!));
            cursor = (string?)page["next"];
        }

        CollectionAssert.AreEqual(Enumerable.Range(0, 7).Reverse().Select(i => $"job-{i}").ToList(), ids);
    }

    [TestMethod]
    public async Task A_state_selects_in_any_case()
    {
        Assert.HasCount(7, (await s_server.GetJson("/api/v1/jobs?state=scheduled"))["items"]!.AsArray());
        Assert.IsEmpty((await s_server.GetJson("/api/v1/jobs?state=Done"))["items"]!.AsArray());
    }

    [TestMethod]
    [DataRow("state=scheduled&state=DONE", 7)]
    [DataRow("state=Done&state=Failed", 0)]
    [DataRow("priority=normal&priority=low", 7)]
    [DataRow("priority=high", 0)]
    [DataRow("owner=ann", 7)]
    [DataRow("owner=bob", 0)]
    [DataRow("point=local/veth0", 7)]
    [DataRow("point=local/other", 0)]
    [DataRow("label=z", 7)]
    [DataRow("label=z=1&label=a=%C5%BElu%C5%A5", 7)]
    [DataRow("label=z=2", 0)]
    [DataRow("text=VENI", 7)]
    [DataRow("text=morning", 0)]
    [DataRow("from=2026-03-01T12:00:02Z", 5)]
    [DataRow("from=2026-03-01T13:00:02%2B01:00&to=2026-03-01T12:00:04Z", 2)]
    [DataRow("from=2026-03-01&to=2026-03-02", 7)]
    [DataRow("to=2026-03-01", 0)]
    public async Task Every_parameter_selects(string query, int count) =>
        Assert.HasCount(count, (await s_server.GetJson("/api/v1/jobs?" + query))["items"]!.AsArray());

    [TestMethod]
    public async Task A_selection_pages_too()
    {
        var first = await s_server.GetJson("/api/v1/jobs?from=2026-03-01T12:00:02Z&limit=3");
        var rest = await s_server.GetJson($"/api/v1/jobs?from=2026-03-01T12:00:02Z&limit=3&cursor={first["next"]}");
        Assert.AreEqual((3, 2), (first["items"]!.AsArray().Count, rest["items"]!.AsArray().Count));
        Assert.IsNull(rest["next"]);
    }

    [TestMethod]
    [DataRow("limit=0", "limit")]
    [DataRow("limit=501", "limit")]
    [DataRow("limit=-1", "limit")]
    [DataRow("limit=abc", "limit")]
    [DataRow("limit=99999999999999999999", "limit")]
    [DataRow("limit=1&limit=2", "limit")]
    [DataRow("state=7", "state")]
    [DataRow("state=Scheduled,Done", "state")]
    [DataRow("state=", "state")]
    [DataRow("state=Done&state=7", "state")]
    [DataRow("priority=urgent", "priority")]
    [DataRow("point=veth0", "point")]
    [DataRow("label=", "label")]
    [DataRow("label==x", "label")]
    [DataRow("from=yesterday", "from")]
    [DataRow("from=2026-03-01T12:00:00+01:00", "from")]
    [DataRow("to=2026-13-01", "to")]
    [DataRow("cursor=nonsense", "cursor")]
    [DataRow("cursor=%27%20OR%201%3D1", "cursor")]
    public async Task A_bad_parameter_is_named(string query, string field)
    {
        var problem = await Server.Problem(await s_server.Get("/api/v1/jobs?" + query), 400, ProblemCodes.InvalidRequest);
        Assert.AreEqual(field, (string?)problem["field"]);
    }
}
