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
using Tci.Probe.Files.Remote;
using Tci.Silo.Storage;
using Tci.Store;
using Tci.Store.Tokens;

namespace Tci.Silo.Hosting;

/// <summary>The composition root: what the roles ask for of store, probe, silo and API in one process.</summary>
internal static class SiloProgram
{
    /// <summary>Runs until it is told to end; 0, or 1 with a sentence on standard error.</summary>
    public static async Task<int> Run(SiloProgramOptions asked, CancellationToken cancel)
    {
        try
        {
            var store = asked.Store();
            var options = asked with { Silo = asked.Silo with { PostgreSql = store.PostgreSql } };
            using var captures = options.Has(SiloRoles.Probe) ? ProbeLock.Take(options.DataFolder) : null;
            var secret = store.PostgreSql is { } connection ? await Prepare(options, store, connection, cancel) : null;
            return options.Has(SiloRoles.Api) ? await RunWithApi(options, store, secret, cancel) : await RunWithout(options, store, secret, cancel);
        }
        catch (Exception e) when (e is StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"tci-silo: {e.Message}");
            return 1;
        }
    }

    /// <summary>Brings the database to this program's tables, or sees that they are there where this role may not.</summary>
    private static async Task<string> Prepare(SiloProgramOptions options, StoreOptions store, string connection, CancellationToken cancel)
    {
        await using var database = new ClusterDatabase(connection);
        if (options.NeedsStore) await Migration.Run(store, database, cancel);
        else await database.Check(cancel);
        return await database.Secret(cancel);
    }

    private static async Task<int> RunWithApi(SiloProgramOptions options, StoreOptions store, string? secret, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(k => k.Listen(options.Listen));
        Add(builder, options, store, secret);
        builder.Services.AddTciApi(options.Api);
        await using var app = builder.Build();
        app.MapTciApi();
        var tokens = app.Services.GetRequiredService<AdminToken>();
        await app.StartOrStop(cancel);
        var file = Path.Combine(options.DataFolder, "admin-token");
        var token = await tokens.Ensure(file);
        ApiWelcome.Write(app, file, token is AdminTokenState.Created or AdminTokenState.Present);
        await app.WaitForShutdownAsync(cancel);
        return 0;
    }

    private static async Task<int> RunWithout(SiloProgramOptions options, StoreOptions store, string? secret, CancellationToken cancel)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        Add(builder, options, store, secret);
        using var host = builder.Build();
        await host.StartAsync(cancel);
        Console.WriteLine($"The silo {options.Silo.Name} is in the cluster, at {options.Silo.Advertise}:{options.Silo.SiloPort}");
        await Console.Out.FlushAsync(cancel);
        await host.WaitForShutdownAsync(cancel);
        return 0;
    }

    private static void Add(IHostApplicationBuilder builder, SiloProgramOptions options, StoreOptions store, string? secret)
    {
        Directory.CreateDirectory(options.DataFolder);
        builder.Logging.AddTciConsole().AddFilter("Orleans", LogLevel.Warning).AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
        foreach (var noisy in new[] { "Orleans.Messaging", "Orleans.Runtime.ClientMessageCenter" }) builder.Logging.AddFilter(noisy, LogLevel.Error);
        if (options.NeedsStore) builder.Services.AddTciStore(store with { InCluster = store.PostgreSql is not null });
        if (options.Has(SiloRoles.Control)) builder.Services.AddTciRights();
        if (options.Has(SiloRoles.Probe)) builder.Services.AddTciProbe(new ProbeOptions { Id = options.Silo.Probe, DataFolder = options.DataFolder });
        if (secret is not null && options.Has(SiloRoles.Probe)) builder.Services.AddTciFilePort(new FilePort(new IPEndPoint(options.Silo.Advertise, options.FilesPort), secret));
        if (secret is not null && options.Has(SiloRoles.Api)) builder.Services.AddTciFilesOfCluster(secret);
        builder.UseTciSilo(options.Silo);
    }
}
