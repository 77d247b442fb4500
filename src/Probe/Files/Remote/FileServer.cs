// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tci.Probe.Files.Remote;

/// <summary>Serves the files of this probe on a port of their own, so that packets never pass through a grain, and no other address of the program answers there.</summary>
internal sealed class FileServer(FilePort port, FileAddress address, LocalFiles local, IEnumerable<ILoggerProvider> logs) : IHostedService, IAsyncDisposable
{
    private const int ConnectionsMax = 500;
    private WebApplication? _app;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        foreach (var log in logs) builder.Services.AddSingleton(log);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxConcurrentConnections = ConnectionsMax;
            k.Limits.MaxRequestBodySize = 64 * 1024;
            k.Listen(port.Listen);
        });
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.UseRouting();
        new FileRoutes(port, local).Map(_app);
        await _app.StartAsync(cancellationToken);
        address.Value = new Uri(_app.Urls.Single());
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;
}
