// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Tests.Filters;

[TestClass]
public sealed class FilterTests
{
    private Server _server = null!;

    [TestInitialize]
    public async Task Start()
    {
        _server = await Server.Start();
        await _server.Places.Record(Samples.Point("local/eth0"));
    }

    [TestCleanup]
    public async Task Stop() => await _server.DisposeAsync();

    [TestMethod]
    public async Task A_good_filter_tells_its_length()
    {
        var response = await _server.Post("/api/v1/filters/check", """{"point":"local/eth0","filter":"tcp"}""");
        Assert.AreEqual(7, (int?)(await Server.Json(response))["instructions"]);
        Assert.IsEmpty(_server.Audit());
    }

    [TestMethod]
    public async Task A_bad_filter_tells_where_it_is_bad()
    {
        _server.Grains.OnCheck = (_, _) => FakeGrains.Answers<FilterVerdict>(new Problem(ProblemCodes.InvalidFilter, "syntax error", 3));
        var problem = await Server.Problem(await _server.Post("/api/v1/filters/check", """{"point":"local/eth0","filter":"tcp prot"}"""), 422, ProblemCodes.InvalidFilter);
        Assert.AreEqual((3, "filter"), ((int)problem["position"]!, (string?)problem["field"]));
    }

    [TestMethod]
    public async Task An_unknown_point_is_told()
    {
        var problem = await Server.Problem(await _server.Post("/api/v1/filters/check", """{"point":"local/none","filter":"tcp"}"""), 422, ProblemCodes.UnknownPoint);
        Assert.AreEqual("point", (string?)problem["field"]);
    }

    [TestMethod]
    public async Task What_is_not_the_filters_fault_is_not_blamed_on_it()
    {
        _server.Grains.OnCheck = (_, _) => FakeGrains.Answers<FilterVerdict>(new Problem(ProblemCodes.EngineUnavailable, "It's not running."));
        var response = await _server.Post("/api/v1/filters/check", """{"point":"local/eth0","filter":"tcp"}""");
        // Written for people: no escapes where JSON needs none.
        Assert.Contains("\"It's not running.\"", await response.Content.ReadAsStringAsync());
        Assert.IsNull((await Server.Problem(response, 503, ProblemCodes.EngineUnavailable))["field"]);
    }
}
