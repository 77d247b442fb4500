// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Api.Tests.Problems;

[TestClass]
public sealed class ErrorTests
{
    private Server _server = null!;

    [TestInitialize]
    public async Task Start() => _server = await Server.Start();

    [TestCleanup]
    public async Task Stop() => await _server.DisposeAsync();

    [TestMethod]
    [DataRow("/nothing")]
    [DataRow("/api/v2/jobs")]
    [DataRow("/api/v1/jobs/a/b/c")]
    [DataRow("/%3Cscript%3E")]
    public async Task An_unknown_path_is_404(string path) => await Server.Problem(await _server.Get(path), 404, ProblemCodes.NotFound);

    [TestMethod]
    public async Task A_wrong_method_is_405_and_says_which_are_right()
    {
        var response = await _server.Client.DeleteAsync("/api/v1/points");
        var problem = await Server.Problem(response, 405, ProblemCodes.InvalidRequest);
        Assert.Contains("GET", (string)problem["detail"]!);
        Assert.IsTrue(response.Content.Headers.Allow.Contains("POST"));
    }

    [TestMethod]
    public async Task A_fault_is_500_with_a_trace_id_that_is_in_the_log_and_without_its_details()
    {
        var problem = await Server.Problem(await _server.Get("/api/v1/test/fault"), 500, ProblemCodes.Internal);
        Assert.DoesNotContain("secret detail", problem.ToString());
        Assert.IsTrue(_server.Logs.Lines.Any(l => l.Id == 4001 && l.Text.Contains((string)problem["traceId"]!, StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task A_store_that_fails_is_503_and_logged()
    {
        _server.Sql("DROP TABLE points");
        var response = await _server.Get("/api/v1/points");
        await Server.Problem(response, 503, ProblemCodes.StoreUnavailable);
        Assert.IsNotNull(response.Headers.RetryAfter);
        Assert.IsTrue(_server.Logs.Lines.Any(l => l.Id == 4002));
    }

    [TestMethod]
    public void A_code_of_a_newer_probe_is_a_fault_and_not_a_crash() => Assert.AreEqual(500, Api.Problems.ProblemKinds.Of("made-up").Status);

    [TestMethod]
    public void A_message_of_the_framework_that_is_not_understood_is_passed_on() =>
        Assert.AreEqual("Something else.", Api.Problems.ThrownErrors.BadRequest("Something else.").Message);
}
