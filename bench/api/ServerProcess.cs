// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tci.Bench.Api;

/// <summary>A server on a free port of loopback: it prints where it listens and runs until it is ended.</summary>
internal static class ServerProcess
{
    /// <param name="compose">Adds its services.</param>
    /// <param name="map">Adds what it answers.</param>
    /// <param name="prepare">Done once it runs, before anyone learns its address.</param>
    public static async Task<int> Run(Action<WebApplicationBuilder> compose, Func<WebApplication, Task> map, Func<WebApplication, Task>? prepare = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        compose(builder);
        await using var app = builder.Build();
        await map(app);
        await app.StartAsync();
        if (prepare is not null) await prepare(app);
        Console.WriteLine(app.Urls.First());
        await app.WaitForShutdownAsync();
        return 0;
    }
}
