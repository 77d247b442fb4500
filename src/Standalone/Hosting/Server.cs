// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tci.Api;
using Tci.Api.Hosting;
using Tci.Probe;
using Tci.Standalone.Turns;
using Tci.Store;
using Tci.Store.Tokens;

namespace Tci.Standalone.Hosting;

/// <summary>The composition root: store, probe, turns and API in one process.</summary>
internal static class Server
{
    /// <summary>Runs until it is told to end; 0, or 1 with a sentence on standard error.</summary>
    public static async Task<int> Run(ServerOptions options, CancellationToken cancel)
    {
        try
        {
            await using var app = Build(options);
            // Opens the store: where that fails, nothing else begins.
            var tokens = app.Services.GetRequiredService<AdminToken>();
            await app.StartOrStop(cancel);
            var token = await tokens.Ensure(options.TokenFile);
            ApiWelcome.Write(app, options.TokenFile, token is AdminTokenState.Created or AdminTokenState.Present);
            await app.WaitForShutdownAsync(cancel);
            return 0;
        }
        catch (Exception e) when (e is StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"tci-server: {e.Message}");
            return 1;
        }
    }

    private static WebApplication Build(ServerOptions options)
    {
        Directory.CreateDirectory(options.DataFolder);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.AddTciConsole();
        builder.WebHost.ConfigureKestrel(k => k.Listen(options.Listen));
        builder.Services.AddTciStore(options.Store());
        builder.Services.AddTciProbe(new ProbeOptions { Id = options.Probe, DataFolder = options.DataFolder });
        builder.Services.AddTciTurns();
        builder.Services.AddTciApi(options.Api);
        var app = builder.Build();
        app.MapTciApi();
        return app;
    }
}
