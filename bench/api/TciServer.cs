// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tci.Api;
using Tci.Contracts;
using Tci.Probe;
using Tci.Standalone.Turns;
using Tci.Store;
using Tci.Store.Tokens;

namespace Tci.Bench.Api;

/// <summary>The one-machine host as tci-server puts it together, with limits that do not stand in the way of a measurement.</summary>
internal static class TciServer
{
    public static async Task<int> Run(string data)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddTciStore(new StoreOptions { Path = Path.Combine(data, "tci.db") });
        builder.Services.AddTciProbe(new ProbeOptions { Id = new ProbeId("local"), DataFolder = data });
        builder.Services.AddTciTurns();
        builder.Services.AddTciApi(new ApiOptions { RequestsPerSecond = 10_000_000, RequestsBurstMax = 10_000_000, EventStreamsMax = 2000, ConnectionsMax = 5000 });
        await using var app = builder.Build();
        app.MapTciApi();
        await app.StartAsync();
        await app.Services.GetRequiredService<AdminToken>().Ensure(Path.Combine(data, "admin-token"));
        await app.Services.GetRequiredService<IGrains>().Point(Filling.Point).Define(new DefinePoint("pcap:/dev/null", PointOrigin.Added, true, null, Caller.System));
        Console.WriteLine(app.Urls.First());
        await app.WaitForShutdownAsync();
        return 0;
    }
}
