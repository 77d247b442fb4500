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
    [DataRow("limit=0", "limit")]
    [DataRow("limit=501", "limit")]
    [DataRow("limit=-1", "limit")]
    [DataRow("limit=abc", "limit")]
    [DataRow("limit=99999999999999999999", "limit")]
    [DataRow("limit=1&limit=2", "limit")]
    [DataRow("state=7", "state")]
    [DataRow("state=Scheduled,Done", "state")]
    [DataRow("state=", "state")]
    [DataRow("cursor=nonsense", "cursor")]
    [DataRow("cursor=%27%20OR%201%3D1", "cursor")]
    public async Task A_bad_parameter_is_named(string query, string field)
    {
        var problem = await Server.Problem(await s_server.Get("/api/v1/jobs?" + query), 400, ProblemCodes.InvalidRequest);
        Assert.AreEqual(field, (string?)problem["field"]);
    }
}
