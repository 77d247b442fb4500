// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.EndToEnd.Stage;

namespace Tci.EndToEnd.Cluster;

/// <summary>What a cluster of five processes promises while one of them, or the database, is away.</summary>
[TestClass, DoNotParallelize]
public sealed class ClusterTests
{
    private const int Packets = 3000;
    private const int EveryMs = 2;
    private readonly ClusterScene _cluster = new();

    [TestInitialize]
    public Task Start() => _cluster.Start();

    [TestCleanup]
    public async Task Clean() => await _cluster.DisposeAsync();

    [TestMethod]
    public async Task A_job_over_two_probes_is_one_data_set_read_from_both()
    {
        var job = await Submit("p1", "p2");
        AJob.IsDone(await _cluster.Api.Ended(job.Id, 90));
        var zip = await DataSetZip.Of(_cluster.Api, job.Id);
        foreach (var probe in new[] { "p1", "p2" })
        {
            Assert.AreEqual(Packets, zip.Datagrams(zip.Paths.Single(p => p.Contains(probe, StringComparison.Ordinal) && p.EndsWith("traffic.pcap", StringComparison.Ordinal))).Count);
            Assert.IsNotEmpty(zip.Flows(zip.Paths.Single(p => p.Contains(probe, StringComparison.Ordinal) && p.EndsWith("flow.csv", StringComparison.Ordinal))));
        }
    }

    [TestMethod]
    [DataRow("a")]
    [DataRow("b")]
    public async Task A_control_silo_that_is_killed_loses_no_job(string silo)
    {
        var jobs = new List<JobView> { await Submit("p1", "p2") };
        await _cluster.Api.Capturing(jobs[0].Id);
        await _cluster.Kill(silo);
        await Task.WhenAll(jobs.Select(async j => AJob.IsDone(await Ended(j.Id))));
        AJob.IsDone(await Ended((await Submit("p2", "p1")).Id));
    }

    [TestMethod]
    public async Task A_probe_that_is_killed_goes_on_capturing_and_is_taken_over()
    {
        var job = await Submit("p1", "p2");
        await _cluster.Api.Capturing(job.Id);
        await _cluster.Kill("p1");
        Assert.HasCount(2, _cluster.Captures);
        await _cluster.StartProbe("p1");
        var ended = await Ended(job.Id);
        AJob.IsDone(ended);
        Assert.AreEqual(2 * Packets, ended.Captures.Sum(c => c.Counters!.Stored.Packets));
    }

    [TestMethod]
    public async Task The_api_that_is_killed_takes_nothing_with_it()
    {
        var job = await Submit("p1");
        await _cluster.Api.Capturing(job.Id);
        await _cluster.Kill("api");
        await _cluster.StartApi();
        AJob.IsDone(await Ended(job.Id));
    }

    [TestMethod]
    public async Task PostgreSql_that_is_away_holds_jobs_up_and_loses_none()
    {
        var job = await Submit("p1", "p2");
        await _cluster.Api.Capturing(job.Id);
        _cluster.StopDatabase();
        await Task.Delay(TimeSpan.FromSeconds(5));
        Assert.AreEqual(503, (await _cluster.Api.Post("jobs", AJob.On("p1/file"), Guid.NewGuid().ToString())).Status);
        _cluster.StartDatabase();
        AJob.IsDone(await Ended(job.Id));
    }

    [TestMethod]
    public async Task Files_of_a_probe_that_is_away_are_not_there_now_and_are_when_it_is_back()
    {
        var job = await Submit("p1");
        await Ended(job.Id);
        Assert.AreEqual(0, _cluster.Status().ExitCode, _cluster.Status().ToString());
        await _cluster.End("p1");
        await _cluster.Until(async () => !(await _cluster.Probes()).Single(p => p.Id.Value == "p1").Present, "the probe is seen to be away");
        var status = _cluster.Status();
        Assert.AreEqual(1, status.ExitCode);
        Assert.Contains("away since", status.Output);
        await _cluster.Until(async () => (await _cluster.Api.Get($"jobs/{job.Id}/dataset")).Status == 503, "its files are refused before the first byte");
        await _cluster.StartProbe("p1");
        await _cluster.Until(async () => (await _cluster.Api.Get($"jobs/{job.Id}/dataset")).Status == 200, "its files are there again");
    }

    [TestMethod]
    public void A_second_silo_for_a_probe_is_refused()
    {
        var said = _cluster.RunSecondProbe("p1");
        Assert.AreEqual(1, said.ExitCode, said.ToString());
        Assert.Contains("Another process captures for", said.Error);
    }

    private async Task<JobView> Submit(params string[] probes)
    {
        foreach (var probe in probes)
        {
            if ((await _cluster.Api.Get($"points/{probe}/file")).Status == 404) await _cluster.AddPoint(probe, "file", Packets, EveryMs);
        }

        return await _cluster.Api.Submit(AJob.On([.. probes.Select(p => p + "/file")]).WithFlows());
    }

    /// <summary>What is away for a moment answers 503 meanwhile.</summary>
    private async Task<JobView> Ended(JobId id)
    {
        JobView? job = null;
        await _cluster.Until(async () =>
        {
            var reply = await _cluster.Api.Get($"jobs/{id}");
            job = reply.Status == 200 ? reply.As<JobView>() : null;
            return job?.State.IsFinal() == true;
        }, "the job ends", 90);
        return job!;
    }
}
