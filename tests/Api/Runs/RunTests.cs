// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;

namespace Tci.Api.Tests.Runs;

[TestClass]
public sealed class RunTests
{
    private static readonly RunId s_run = new(Samples.Capture, 100);
    private Server _server = null!;

    [TestInitialize]
    public async Task Start()
    {
        _server = await Server.Start();
        await Samples.Store(_server, JobState.Done);
        _server.Grains.OnGetJob = _ => FakeGrains.Answers<JobView>(Samples.View(JobState.Done) with { Runs = [new JobRunView(s_run, "flows", RunState.Running, 0.5, null)] });
    }

    [TestCleanup]
    public async Task Stop() => await _server.DisposeAsync();

    [TestMethod]
    public async Task Runs_are_listed_with_their_progress() =>
        Assert.AreEqual(0.5, (double)(await _server.GetJson("/api/v1/jobs/job-a/runs"))["items"]![0]!["progress"]!);

    [TestMethod]
    public async Task A_log_is_read_from_the_probe()
    {
        _server.Tables.OnLog = run => FakeGrains.Answers<RunLog>(new RunLog([new RunLogLine(Samples.Noon, true, run.Value)], 3));
        var log = await _server.GetJson("/api/v1/jobs/job-a/runs/0/100/log");
        Assert.AreEqual(("local/job-a.0.100", true, 3), ((string?)log["lines"]![0]!["text"], (bool)log["lines"]![0]!["error"]!, (int)log["omitted"]!));
    }

    [TestMethod]
    [DataRow("0/0")]
    [DataRow("..%2f0/100")]
    public async Task Another_run_is_404(string run) => await Server.Problem(await _server.Get($"/api/v1/jobs/job-a/runs/{run}/log"), 404, ProblemCodes.NotFound);

    [TestMethod]
    public async Task A_probe_that_is_away_is_503()
    {
        _server.Tables.OnLog = _ => FakeGrains.Answers<RunLog>(new Problem(ProblemCodes.Unreachable, "Away."));
        await Server.Problem(await _server.Get("/api/v1/jobs/job-a/runs/0/100/log"), 503, ProblemCodes.Unreachable);
    }
}
