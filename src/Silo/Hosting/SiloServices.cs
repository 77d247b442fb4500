// SPDX-License-Identifier: BSD-3-Clause
using System.Net;
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

/// <summary>Makes a program a silo, or a client of the silos.</summary>
public static class SiloServices
{
    private const string Name = "tci";

    /// <summary>Needs, for the role control, the store; for the role probe, the ports of the probe.</summary>
    public static IHostApplicationBuilder UseTciSilo(this IHostApplicationBuilder builder, TciSiloOptions options, JobOptions? jobs = null)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(jobs ?? new JobOptions());
        builder.Services.AddSingleton<IGrains, OrleansGrains>();
        if (options.PostgreSql is { } connection) builder.Services.AddSingleton(_ => new ClusterDatabase(connection));
        if (!options.IsSilo)
        {
            if (options.PostgreSql is null) throw new ArgumentException("A client of the cluster needs its database.", nameof(options));
            builder.UseOrleansClient(client => ClusterClient.Configure(client, Name));
            return builder;
        }

        builder.UseOrleans(silo => Configure(silo, options));
        if (!options.Roles.HasFlag(SiloRoles.Control)) return builder;

        // After Orleans in the list of hosted services: it starts when the silo is up and stops before it goes.
        builder.Services.AddSingleton<Sweep>();
        builder.Services.AddHostedService<SweepService>();
        return builder;
    }

    /// <summary>Contract types travel as JSON with the same options as everywhere; the same on silos and clients.</summary>
    public static IServiceCollection AddTciMessages(this IServiceCollection services) =>
        services.AddSerializer(s => s.AddJsonSerializer(type => type.Namespace == "Tci.Contracts", ContractJson.Options));

    private static void Configure(ISiloBuilder silo, TciSiloOptions options)
    {
        if (options.PostgreSql is null) AsClusterOfOne(silo, options);
        else AsMember(silo, options);
        silo.Services.PostConfigure<SiloOptions>(o => o.SiloName = options.Name);
        silo.Services.PostConfigure<GrainTypeOptions>(o => o.Classes.ExceptWith(RoleGrains.NotOf(options.Roles)));
        silo.Configure<SiloMessagingOptions>(o =>
        {
            o.ResponseTimeout = options.AnswerMax;
            o.CancelRequestOnTimeout = true;
        });
        silo.AddPlacementDirector<ProbePlacement, ProbeDirector>();
        silo.Services.AddTciMessages();
    }

    private static void AsClusterOfOne(ISiloBuilder silo, TciSiloOptions options)
    {
        silo.UseLocalhostClustering(options.SiloPort, options.GatewayPort, new IPEndPoint(IPAddress.Loopback, options.SiloPort), serviceId: Name, clusterId: Name);
        silo.Services.AddGrainStorage("Default", (services, _) => new StoreGrainStorage(services.GetRequiredService<GrainStates>()));
    }

    private static void AsMember(ISiloBuilder silo, TciSiloOptions options)
    {
        silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (Name, Name));
        silo.ConfigureEndpoints(options.Advertise, options.SiloPort, options.Roles.HasFlag(SiloRoles.Control) ? options.GatewayPort : 0, listenOnAnyHostAddress: false);
        silo.UseAdoNetClustering(b => b.Configure<ClusterDatabase>((o, d) => (o.Invariant, o.DataSource) = (ClusterDatabase.Invariant, d.Source)));
        silo.UseAdoNetReminderService(b => b.Configure<ClusterDatabase>((o, d) => (o.Invariant, o.DataSource) = (ClusterDatabase.Invariant, d.Source)));
        silo.AddAdoNetGrainStorageAsDefault(b => b.Configure<ClusterDatabase>((o, d) =>
        {
            (o.Invariant, o.DataSource) = (ClusterDatabase.Invariant, d.Source);
            o.GrainStorageSerializer = new StateSerializer();
            o.DeleteStateOnClear = true;
        }));

        // One that died is noticed at once by its connections; one that hangs or is cut off within some twenty seconds (three missed probes, each up to six). A busy host is not to be taken for either.
        silo.Configure<ClusterMembershipOptions>(o =>
        {
            o.ProbeTimeout = TimeSpan.FromSeconds(3);
            o.MaxProbeTimeout = TimeSpan.FromSeconds(6);
            o.NumMissedProbesLimit = 3;
            o.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            o.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
        });
    }
}
