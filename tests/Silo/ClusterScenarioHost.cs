// SPDX-License-Identifier: BSD-3-Clause
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Configuration;
using Tci.Probe;
using Tci.Probe.Files.Remote;
using Tci.Scenarios.Hosts;
using Tci.Silo.Hosting;
using Tci.Silo.Storage;
using Tci.Store;
using Tci.Store.Tests.PostgreSql;

namespace Tci.Silo.Tests;

/// <summary>A cluster on PostgreSQL: a silo that decides and one that captures, which know each other by the database alone.</summary>
public sealed class ClusterScenarioHost : RealScenarioHost
{
    private const string Secret = "secret of this test";
    private readonly string _schema = "t" + Guid.NewGuid().ToString("N");
    private readonly int[] _ports = FreePorts(4);
    private bool _isPrepared;
    private IHost? _control;
    private IHost? _probe;

    public override string? Missing => PostgresServer.Missing ?? base.Missing;

    /// <summary>Of the silo that captures: a user who may do what it needs and nothing else.</summary>
    private string ProbeConnection => $"{PostgresServer.Shared.Connection};Search Path={_schema};Username=probe_{_schema}";

    private string Connection => $"{PostgresServer.Shared.Connection};Search Path={_schema}";

    private StoreOptions Store => new() { PostgreSql = Connection, InCluster = true };

    public override async Task Stop()
    {
        await End(_probe);
        await End(_control);
        (_probe, _control) = (null, null);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (!_isPrepared) return;
        await OnServer($"DROP SCHEMA {_schema} CASCADE");
        await OnServer($"DROP USER probe_{_schema}");
    }

    protected override async Task<IServiceProvider> StartHost()
    {
        await Prepare();
        _control = await Start(new TciSiloOptions { Roles = SiloRoles.Control, SiloPort = _ports[0], GatewayPort = _ports[1], PostgreSql = Connection }, services =>
        {
            AddStore(services, Store);
            services.AddTciFilesOfCluster(Secret);
        });
        _probe = await Start(new TciSiloOptions { Roles = SiloRoles.Probe, Probe = Probe, SiloPort = _ports[2], PostgreSql = ProbeConnection }, services =>
        {
            AddProbe(services);
            services.AddTciFilePort(new FilePort(new IPEndPoint(IPAddress.Loopback, _ports[3]), Secret));
        });
        return _control.Services;
    }

    private async Task Prepare()
    {
        if (_isPrepared) return;
        await OnServer($"CREATE SCHEMA {_schema}");
        await OnServer($"CREATE USER probe_{_schema}");
        (await Database.Open(Store, TimeProvider.System)).Dispose();
        await using var database = new ClusterDatabase(Connection);
        await database.Migrate(CancellationToken.None);
        await database.GrantProbe($"probe_{_schema}", CancellationToken.None);
        _isPrepared = true;
    }

    private async Task<IHost> Start(TciSiloOptions options, Action<IServiceCollection> parts)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Warning).AddFilter("Orleans", LogLevel.Error);
        parts(builder.Services);
        builder.UseTciSilo(options, Jobs);

        // Orleans looks for idle grains by two clocks, the machine's and the one that scenarios set forward; none is idle for so long.
        builder.Services.Configure<GrainCollectionOptions>(o => o.CollectionAge = TimeSpan.FromDays(3));

        // By the same clocks a silo would be taken for dead; here none dies but by a scenario that stops it.
        builder.Services.Configure<ClusterMembershipOptions>(o =>
        {
            (o.ProbeTimeout, o.MaxProbeTimeout) = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
            o.NumMissedTableIAmAliveLimit = 1_000_000;
            o.EvictWhenMaxJoinAttemptTimeExceeded = false;
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static async Task End(IHost? host)
    {
        if (host is null) return;
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    private static async Task OnServer(string statement)
    {
        await using var connection = new NpgsqlConnection(PostgresServer.Shared.Connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        foreach (var listener in listeners) listener.Start();
        var ports = listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners) listener.Dispose();
        return ports;
    }
}
