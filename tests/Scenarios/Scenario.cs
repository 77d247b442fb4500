// SPDX-License-Identifier: BSD-3-Clause
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.Grains.Jobs;
using Tci.Probe.Installation;
using Tci.Scenarios.Hosts;
using Tci.Scenarios.Traffic;

namespace Tci.Scenarios;

/// <summary>What scenarios are told with: a host of their own for each, points on files, jobs, and waiting with a deadline.</summary>
public abstract class Scenario
{
    protected static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(60);
    private ScenarioHost _host = null!;

    protected ScenarioHost Host => _host;

    protected abstract ScenarioHost NewHost(JobOptions options);

    [TestInitialize]
    public async Task Start()
    {
        if (Programs.Find("tci-capture").Problem is { } problem) Assert.Inconclusive(problem.Message);
        await StartHost(new JobOptions());
    }

    [TestCleanup]
    public async Task End()
    {
        if (_host is not null) await _host.DisposeAsync();
    }

    private async Task StartHost(JobOptions options)
    {
        _host = NewHost(options);
        await _host.Start();
    }

    protected static JobSpec Spec(params PointId[] points) => new() { Name = "scenario", Points = points, Limits = new JobLimits { Duration = TimeSpan.FromSeconds(60) } };

    protected Task<PointId> PointOn(string name, int packets, int everyMs = 1) =>
        _host.PointOn(name, "pcap:" + SamplePcap.Write(Path.Combine(_host.Folder, name + ".pcap"), packets, TimeSpan.FromMilliseconds(everyMs)));

    protected async Task<JobId> Submit(string id, JobSpec spec)
    {
        var answer = await _host.Grains.Job(new JobId(id)).Submit(new SubmitJob(spec, ScenarioHost.Alice, id));
        return answer.Ok ? answer.Value.Id : throw new AssertFailedException(answer.Problem.Message);
    }

    protected Task<JobView> Ended(JobId job) => Until(job, j => j.State.IsFinal());

    protected async Task<JobView> Until(JobId job, Func<JobView, bool> condition)
    {
        var deadline = DateTime.UtcNow + WaitMax;
        while (true)
        {
            var view = (await _host.Grains.Job(job).Get(new GetJob())).Value!;
            if (condition(view)) return view;
            if (DateTime.UtcNow > deadline || view.State.IsFinal()) throw new AssertFailedException("It never came to that. " + Said(view));
            await Task.Delay(20);
        }
    }

    protected async Task FilesAreAsListed(DataSet dataSet)
    {
        foreach (var (file, listed) in dataSet.Files.Zip(dataSet.Manifest.Files))
        {
            var opened = await _host.Services.GetRequiredService<IDataSetFiles>().Open(file.Capture, file.Source.Path, 0, CancellationToken.None);
            Assert.IsTrue(opened.Ok, opened.Problem?.Message);
            await using var stream = opened.Value;
            Assert.AreEqual(listed.Sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream)), file.Path);
        }
    }

    protected async Task<string> Text(DataSet dataSet, string path)
    {
        var file = dataSet.Files.Single(f => f.Path == path);
        var opened = await _host.Services.GetRequiredService<IDataSetFiles>().Open(file.Capture, file.Source.Path, 0, CancellationToken.None);
        using var reader = new StreamReader(opened.Value!);
        return await reader.ReadToEndAsync();
    }

    protected static string Said(JobView job) => System.Text.Json.JsonSerializer.Serialize(job, ContractJson.Options);
}
