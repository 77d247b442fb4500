// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Serialization;
using Tci.Contracts;
using Tci.Grains;
using Tci.Grains.Jobs;
using Tci.Silo.Grains;
using Tci.Silo.Placement;
using Tci.Silo.Storage;
using Tci.Store;

namespace Tci.Silo.Hosting;

/// <summary>Makes a program a silo. Needs the store, and the ports of the probe.</summary>
public static class SiloServices
{
    public static IHostApplicationBuilder UseTciSilo(this IHostApplicationBuilder builder, TciSiloOptions options, JobOptions? jobs = null)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(jobs ?? new JobOptions());
        builder.Services.AddSingleton<IGrains, OrleansGrains>();
        builder.Services.AddSingleton<Sweep>();
        builder.UseOrleans(silo => Configure(silo, options));

        // After Orleans in the list of hosted services: it starts when the silo is up and stops before it goes.
        builder.Services.AddHostedService<SweepService>();
        return builder;
    }

    private static void Configure(ISiloBuilder silo, TciSiloOptions options)
    {
        silo.UseLocalhostClustering(options.SiloPort, options.GatewayPort, options.Primary, serviceId: "tci", clusterId: "tci");
        silo.Services.PostConfigure<SiloOptions>(o => o.SiloName = ProbeDirector.NamePrefix + options.Probe.Value);
        silo.Configure<SiloMessagingOptions>(o =>
        {
            o.ResponseTimeout = options.AnswerMax;
            o.CancelRequestOnTimeout = true;
        });
        silo.AddPlacementDirector<ProbePlacement, ProbeDirector>();
        silo.Services.AddGrainStorage("Default", (services, _) => new StoreGrainStorage(services.GetRequiredService<GrainStates>()));
        silo.Services.AddTciMessages();
    }

    /// <summary>Contract types travel as JSON with the same options as everywhere; the same on silos and clients.</summary>
    public static IServiceCollection AddTciMessages(this IServiceCollection services) =>
        services.AddSerializer(s => s.AddJsonSerializer(type => type.Namespace == "Tci.Contracts", ContractJson.Options));
}
