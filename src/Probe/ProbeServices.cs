// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tci.Contracts;
using Tci.Probe.Engine;
using Tci.Probe.Files;
using Tci.Probe.Presence;
using Tci.Probe.Processing;
using Tci.Probe.Work;

namespace Tci.Probe;

/// <summary>Adds a capture host to a composition root.</summary>
public static class ProbeServices
{
    /// <summary>
    /// Adds <see cref="ICaptureEngine"/>, <see cref="IFilterCompiler"/>, <see cref="ICaptureFiles"/>, <see cref="IDataSetFiles"/>, <see cref="IFlowTables"/>, <see cref="IRunLogs"/> and
    /// <see cref="IProcessors"/>, and the services that watch the engine and report the probe. The root adds <see cref="IGrains"/>; it is looked up when the
    /// first poke or report is sent. A <see cref="TimeProvider"/> that is there already is used.
    /// </summary>
    public static IServiceCollection AddTciProbe(this IServiceCollection services, ProbeOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<BackgroundWork>();
        services.AddHosted<Pokes>();
        services.AddHosted<Trash>();

        services.AddSingleton<CaptureDirectories>();
        services.AddSingleton<Launcher>();
        services.AddSingleton<EngineStarter>();
        services.AddSingleton<EngineCaptures>();
        services.AddSingleton<EngineRepairs>();
        services.AddSingleton<ICaptureEngine, CaptureEngine>();
        services.AddSingleton<IFilterCompiler, FilterCompiler>();
        services.AddHosted<EngineWatcher>();

        services.AddSingleton<ICaptureFiles, CaptureFiles>();
        services.AddSingleton<IDataSetFiles, DataSetFiles>();
        services.AddSingleton<IFlowTables, FlowTables.FlowTables>();
        services.AddSingleton<IProcessor, FlowsProcessor>();
        services.AddSingleton<RunLogs>().AddSingleton<IRunLogs>(p => p.GetRequiredService<RunLogs>());
        services.AddSingleton<RunExecutor>();
        services.AddSingleton<IProcessors, Processors>();

        services.AddHosted<PresenceReporter>();
        return services;
    }

    private static void AddHosted<T>(this IServiceCollection services) where T : class, Microsoft.Extensions.Hosting.IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
