// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tci.Contracts;
using Tci.Standalone.Turns;
using Tci.Store;

namespace Tci.Bench.Jobs;

/// <summary>The one-machine host on a folder of its own, with stand-ins for the probe.</summary>
internal sealed class BenchHost(bool capturesEnd = true) : IAsyncDisposable
{
    private static readonly Caller s_by = new("bench", "internal");
    private IHost? _host;

    public string Folder { get; } = Directory.CreateTempSubdirectory("tci-bench-").FullName;

    public IGrains Grains => _host!.Services.GetRequiredService<IGrains>();

    public ICatalog Catalog => _host!.Services.GetRequiredService<ICatalog>();

    public IEventFeed Feed => _host!.Services.GetRequiredService<IEventFeed>();

    public static JobId Job(int number) => new($"job-bench{number}");

    public async Task Start()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        var none = new NoProcessing();
        builder.Services.AddTciStore(new StoreOptions { Path = Path.Combine(Folder, "tci.db") });
        builder.Services.AddSingleton<ICaptureEngine>(new StandInEngine(capturesEnd)).AddSingleton<ICaptureFiles, StandInFiles>();
        builder.Services.AddSingleton<IProcessors>(none).AddSingleton<IFilterCompiler>(none);
        builder.Services.AddTciTurns();
        _host = builder.Build();
        await _host.StartAsync();
        await Grains.Probe(new ProbeId("local")).Report(new ProbeReport("bench", "0", long.MaxValue / 4, []));
    }

    public async Task Stop()
    {
        await _host!.StopAsync();
        _host.Dispose();
    }

    public async Task<PointId> Point(string name, int capturesMax)
    {
        var point = new PointId(new ProbeId("local"), name);
        await Grains.Point(point).Define(new DefinePoint("bench:" + name, PointOrigin.Added, true, null, s_by));
        await Grains.Point(point).Limit(new LimitPoint(new PointLimits { CapturesMax = capturesMax }, s_by));
        return point;
    }

    public async Task<JobId> Submit(int number, PointId point)
    {
        var spec = new JobSpec { Name = $"bench {number}", Points = [point], Limits = new JobLimits { Packets = 10 } };
        var answer = await Grains.Job(Job(number)).Submit(new SubmitJob(spec, s_by, $"bench{number}"));
        return answer.Ok ? answer.Value.Id : throw new InvalidOperationException(answer.Problem.Message);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(Folder, recursive: true);
    }
}
