// SPDX-License-Identifier: BSD-3-Clause
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Tci.Scenarios.Hosts;
using Tci.Silo.Hosting;

namespace Tci.Silo.Tests;

/// <summary>A silo of Orleans on localhost.</summary>
public sealed class OrleansScenarioHost : RealScenarioHost
{
    private readonly int _siloPort = FreePort();
    private readonly int _gatewayPort = FreePort();
    private IHost? _host;

    public override async Task Stop()
    {
        if (_host is null) return;
        await _host.StopAsync();
        _host.Dispose();
        _host = null;
    }

    protected override async Task<IServiceProvider> StartHost()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Warning).AddFilter("Orleans", LogLevel.Error);
        AddParts(builder.Services);
        builder.UseTciSilo(new TciSiloOptions { SiloPort = _siloPort, GatewayPort = _gatewayPort }, Jobs);

        // Orleans looks for idle grains by two clocks, the machine's and the one that scenarios set forward; none is idle for so long.
        builder.Services.Configure<GrainCollectionOptions>(o => o.CollectionAge = TimeSpan.FromDays(3));
        _host = builder.Build();
        await _host.StartAsync();
        return _host.Services;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
