// SPDX-License-Identifier: BSD-3-Clause
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tci.Api;
using Tci.Api.Hosting;
using Tci.Probe;
using Tci.Store;
using Tci.Store.Tokens;

namespace Tci.Silo.Hosting;

internal sealed record SiloProgramOptions(string DataFolder, IPEndPoint Listen, TciSiloOptions Silo, ApiOptions Api, string? StoreFile)
{
    /// <exception cref="StoreUnavailableException">The file that says where the store is cannot be used.</exception>
    public StoreOptions Store() => StoreChoice.Read(StoreFile, Path.Combine(DataFolder, "tci.db"));

    /// <summary>For work beside a running silo.</summary>
    /// <exception cref="StoreUnavailableException">There is no store, or its file cannot be used.</exception>
    public StoreOptions ExistingStore() => StoreChoice.ReadExisting(StoreFile, Path.Combine(DataFolder, "tci.db"));
}

/// <summary>The composition root: store, probe, silo and API in one process.</summary>
internal static class SiloProgram
{
    /// <summary>Runs until it is told to end; 0, or 1 with a sentence on standard error.</summary>
    public static async Task<int> Run(SiloProgramOptions options, CancellationToken cancel)
    {
        try
        {
            await using var app = Build(options);
            // Opens the store: where that fails, nothing else begins.
            var tokens = app.Services.GetRequiredService<AdminToken>();
            await app.StartOrStop(cancel);
            var file = Path.Combine(options.DataFolder, "admin-token");
            var token = await tokens.Ensure(file);
            ApiWelcome.Write(app, file, token is AdminTokenState.Created or AdminTokenState.Present);
            await app.WaitForShutdownAsync(cancel);
            return 0;
        }
        catch (Exception e) when (e is StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"tci-silo: {e.Message}");
            return 1;
        }
    }

    private static WebApplication Build(SiloProgramOptions options)
    {
        Directory.CreateDirectory(options.DataFolder);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.AddTciConsole().AddFilter("Orleans", LogLevel.Warning).AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
        builder.WebHost.ConfigureKestrel(k => k.Listen(options.Listen));
        builder.Services.AddTciStore(options.Store());
        builder.Services.AddTciProbe(new ProbeOptions { Id = options.Silo.Probe, DataFolder = options.DataFolder });
        builder.UseTciSilo(options.Silo);
        builder.Services.AddTciApi(options.Api);
        var app = builder.Build();
        app.MapTciApi();
        return app;
    }
}
