// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tci.Contracts;
using Tci.Probe.Files;
using Tci.Probe.Processing;

namespace Tci.Probe.Tests.Stage;

/// <summary>A probe with its services, over a data folder that may outlive it: disposing and making another is a restart.</summary>
internal sealed class ProbeStage : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly List<IHostedService> _hosted = [];

    private ProbeStage(ProbeOptions options, IEnumerable<IProcessor> processors)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddSimpleConsole());
        services.AddSingleton<IGrains>(Grains);
        services.AddTciProbe(options);
        foreach (var processor in processors) services.AddSingleton(processor);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
    }

    public RecordedGrains Grains { get; } = new();

    public ICaptureEngine Engine => Get<ICaptureEngine>();

    public ICaptureFiles Files => Get<ICaptureFiles>();

    public IProcessors Processors => Get<IProcessors>();

    public static async Task<ProbeStage> Open(TempFolder data, Func<ProbeOptions, ProbeOptions>? with = null, params IProcessor[] processors)
    {
        // Reports look for an engine; only the tests about them want one.
        var options = new ProbeOptions { DataFolder = data.Path, ReplayFast = true, ReportPeriod = TimeSpan.FromDays(1) };
        var stage = new ProbeStage(with is null ? options : with(options), processors);
        foreach (var service in stage._services.GetServices<IHostedService>())
        {
            if (service is Tci.Probe.Presence.PresenceReporter && with is null) continue;
            await service.StartAsync(CancellationToken.None);
            stage._hosted.Add(service);
        }
        return stage;
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public CaptureDirectory Directory(CaptureId capture) => Get<CaptureDirectories>().Of(capture).Value!;

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _hosted.AsEnumerable().Reverse()) await service.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
