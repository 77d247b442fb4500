// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tci.Contracts;
using Tci.Probe.Engine;
using Tci.Probe.Files;
using Tci.Probe.Files.Remote;
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
        services.AddSingleton<FileAddress>();
        services.AddSingleton<DataSetFiles>().AddSingleton<IDataSetFiles>(p => p.GetRequiredService<DataSetFiles>());
        services.AddSingleton<FlowTables.FlowTables>().AddSingleton<IFlowTables>(p => p.GetRequiredService<FlowTables.FlowTables>());
        services.AddSingleton<IProcessor, FlowsProcessor>();
        services.AddSingleton<RunLogs>().AddSingleton<IRunLogs>(p => p.GetRequiredService<RunLogs>());
        services.AddSingleton<RunExecutor>();
        services.AddSingleton<IProcessors, Processors>();

        services.AddHosted<PresenceReporter>();
        return services;
    }

    /// <summary>Lets other hosts read the files of this probe. After <see cref="AddTciProbe"/>.</summary>
    public static IServiceCollection AddTciFilePort(this IServiceCollection services, FilePort port)
    {
        services.AddSingleton(port);
        services.TryAddSingleton(Local);
        services.AddHosted<FileServer>();
        return services;
    }

    /// <summary>
    /// Replaces <see cref="IDataSetFiles"/>, <see cref="IFlowTables"/> and <see cref="IRunLogs"/> by ones that read from every probe of the cluster. Needs
    /// <see cref="ICatalog"/>, which knows their addresses; after <see cref="AddTciProbe"/> where this host is a probe too.
    /// </summary>
    /// <param name="secret">What the file ports want to see.</param>
    public static IServiceCollection AddTciFilesOfCluster(this IServiceCollection services, string secret)
    {
        var isProbe = services.Any(s => s.ServiceType == typeof(ProbeOptions));
        if (isProbe) services.TryAddSingleton(Local);
        services.AddSingleton<ProbeAddresses>();
        services.AddSingleton(p => new FilesOfCluster(p.GetRequiredService<ProbeAddresses>(), secret, p.GetService<LocalFiles>()));
        services.AddSingleton<IDataSetFiles>(p => p.GetRequiredService<FilesOfCluster>());
        services.AddSingleton<IFlowTables>(p => p.GetRequiredService<FilesOfCluster>());
        services.AddSingleton<IRunLogs>(p => p.GetRequiredService<FilesOfCluster>());
        return services;
    }

    private static LocalFiles Local(IServiceProvider services) => new(
        services.GetRequiredService<ProbeOptions>().Id,
        services.GetRequiredService<DataSetFiles>(),
        services.GetRequiredService<FlowTables.FlowTables>(),
        services.GetRequiredService<RunLogs>());

    private static void AddHosted<T>(this IServiceCollection services) where T : class, Microsoft.Extensions.Hosting.IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
