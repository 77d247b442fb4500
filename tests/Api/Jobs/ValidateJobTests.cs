// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Tests.Jobs;

[TestClass]
public sealed class ValidateJobTests : OnePointTests
{
    [TestMethod]
    public async Task A_good_job_is_ok_and_nothing_is_made()
    {
        var response = await Server.Post("/api/v1/jobs/validate", Samples.JobBody);
        Assert.AreEqual(200, (int)response.StatusCode);
        Assert.AreEqual("""{"ok":true}""", await response.Content.ReadAsStringAsync());
        Assert.IsEmpty((await Server.GetJson("/api/v1/jobs"))["items"]!.AsArray());
        Assert.IsEmpty(Server.Audit());
    }

    [TestMethod]
    [DataRow("\"veth0\"", "\"none\"", 422, "unknown-point", "points[0]", DisplayName = "point, with a filter")]
    [DataRow("[\"local/veth0\"]", "[]", 400, "invalid-request", "points", DisplayName = "no point")]
    [DataRow("\"name\"", "\"nome\"", 400, "invalid-request", "nome", DisplayName = "unknown member")]
    [DataRow("\"PT10S\"", "10", 400, "invalid-request", "limits.duration", DisplayName = "wrong type")]
    public async Task What_is_wrong_is_named(string old, string replacement, int status, string code, string field)
    {
        var body = old == "\"veth0\"" ? Samples.JobBody.Replace("local/veth0", "local/none") : Samples.JobBody.Replace(old, replacement);
        var problem = await Server.Problem(await Server.Post("/api/v1/jobs/validate", body), status, code);
        Assert.AreEqual(field, (string?)problem["field"]);
    }

    [TestMethod]
    public async Task Points_are_looked_for_without_a_filter_too_and_not_more_than_a_job_may_have()
    {
        var body = Samples.JobBody.Replace("tcp port 443", "");
        Assert.AreEqual(200, (int)(await Server.Post("/api/v1/jobs/validate", body)).StatusCode);
        await Server.Problem(await Server.Post("/api/v1/jobs/validate", body.Replace("veth0", "none")), 422, ProblemCodes.UnknownPoint);
        var many = string.Join(',', Enumerable.Range(0, 65).Select(i => $"\"local/p{i}\""));
        await Server.Problem(await Server.Post("/api/v1/jobs/validate", body.Replace("\"local/veth0\"", many)), 400, ProblemCodes.InvalidRequest);
    }

    [TestMethod]
    public async Task A_filter_is_compiled_on_the_probe_of_each_point()
    {
        await Server.Places.Record(Samples.Point("far/x"));
        Server.Grains.OnCheck = (probe, _) => FakeGrains.Answers<FilterVerdict>(probe.Value == "far" ? new Problem(ProblemCodes.InvalidFilter, "syntax error", 4) : new FilterVerdict(false, 1));
        var problem = await Server.Problem(
            await Server.Post("/api/v1/jobs/validate", Samples.JobBody.Replace("\"local/veth0\"", "\"local/veth0\",\"far/x\"")), 422, ProblemCodes.InvalidFilter);
        Assert.AreEqual((4, "filter"), ((int)problem["position"]!, (string?)problem["field"]));
    }
}
