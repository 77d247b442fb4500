// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tci.Standalone.Turns;

namespace Tci.Scenarios.Hosts;

/// <summary>The one-machine host.</summary>
public sealed class StandaloneScenarioHost : RealScenarioHost
{
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
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Warning);
        AddParts(builder.Services);
        builder.Services.AddTciTurns(jobs: Jobs);
        _host = builder.Build();
        await _host.StartAsync();
        return _host.Services;
    }
}
