// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Tci.Contracts;
using Tci.Grains.Jobs;
using Tci.Scenarios.Hosts;

namespace Tci.Scenarios;

/// <summary>What scenarios are told with: a host of their own for each, points on files, jobs, and waiting with a deadline. All time is the host's: it may be virtual.</summary>
public abstract class Scenario
{
    protected static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(20);
    private ScenarioHost _host = null!;

    protected ScenarioHost Host => _host;

    protected static Caller Alice => ScenarioHost.Alice;

    protected abstract ScenarioHost NewHost(JobOptions options);

    [TestInitialize]
    public async Task Start()
    {
        _host = NewHost(new JobOptions());
        if (_host.Missing is { } missing) Assert.Inconclusive(missing);
        await _host.Start();
    }

    [TestCleanup]
    public async Task End()
    {
        if (_host is not null) await _host.DisposeAsync();
    }

    protected static JobSpec Spec(params PointId[] points) => new() { Name = "scenario", Points = points, Limits = new JobLimits { Duration = TimeSpan.FromSeconds(60) } };

    protected Task<PointId> PointOn(string name, int packets, int everyMs = 1) => _host.PointOn(name, packets, TimeSpan.FromMilliseconds(everyMs));

    /// <summary>A point on a file that takes a minute to replay, with room for so many captures.</summary>
    protected async Task<PointId> SlowPoint(int capturesMax = 4, bool allowsPreemption = false)
    {
        var point = await PointOn("slow", packets: 600, everyMs: 100);
        await Limit(point, new PointLimits { CapturesMax = capturesMax, AllowsPreemption = allowsPreemption });
        return point;
    }

    protected async Task Limit(PointId point, PointLimits limits)
    {
        var answer = await Host.Grains.Point(point).Limit(new LimitPoint(limits, Alice));
        Assert.IsTrue(answer.Ok, answer.Problem?.Message);
    }

    protected async Task<JobId> Submit(string id, JobSpec spec)
    {
        var answer = await _host.Grains.Job(new JobId(id)).Submit(new SubmitJob(spec, Alice, id));
        return answer.Ok ? answer.Value.Id : throw new AssertFailedException(answer.Problem.Message);
    }

    protected async Task<JobView> Job(JobId job) => (await _host.Grains.Job(job).Get(new GetJob())).Value!;

    protected async Task<PointView> Point(PointId point) => (await _host.Grains.Point(point).Get(new GetPoint())).Value!;

    protected Task<JobView> Ended(JobId job) => Until(job, j => j.State.IsFinal());

    protected async Task<JobView> Until(JobId job, Func<JobView, bool> condition)
    {
        var last = await Job(job);
        await Until(
            async () =>
            {
                last = await Job(job);
                return condition(last) ? true : last.State.IsFinal() ? throw new AssertFailedException("It never came to that. " + Said(last)) : false;
            },
            () => Said(last));
        return last;
    }

    /// <summary>Looks again and again, up to a minute.</summary>
    protected async Task Until(Func<Task<bool>> condition, Func<string> said)
    {
        var deadline = _host.Elapsed + WaitMax;
        while (!await condition())
        {
            if (_host.Elapsed > deadline) throw new AssertFailedException("It never came to that. " + said());
            await _host.Delay(s_lookEvery);
        }
    }

    protected async Task CancelAll(params JobId[] jobs)
    {
        foreach (var job in jobs) await Host.Grains.Job(job).Cancel(new CancelJob(Alice));
        foreach (var job in jobs) await Ended(job);
    }

    protected async Task FilesAreAsListed(DataSet dataSet)
    {
        Assert.HasCount(dataSet.Manifest.Files.Count, dataSet.Files);
        foreach (var (file, listed) in dataSet.Files.Zip(dataSet.Manifest.Files))
            Assert.AreEqual(listed.Sha256, await _host.Sha256(file.Capture, file.Source.Path), file.Path);
    }

    protected static string Said(JobView job) => System.Text.Json.JsonSerializer.Serialize(job, ContractJson.Options);
}
