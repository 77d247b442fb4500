// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
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
    public static Task<int> Run(string data) => ServerProcess.Run(builder => Compose(builder, data), app => Task.FromResult(app.MapTciApi()), app => Prepare(app, data));

    private static void Compose(WebApplicationBuilder builder, string data)
    {
        builder.Services.AddTciStore(new StoreOptions { Path = Path.Combine(data, "tci.db") });
        builder.Services.AddTciProbe(new ProbeOptions { Id = new ProbeId("local"), DataFolder = data });
        builder.Services.AddTciTurns();
        builder.Services.AddTciApi(new ApiOptions { RequestsPerSecond = 10_000_000, RequestsBurstMax = 10_000_000, EventStreamsMax = 2000, ConnectionsMax = 5000 });
    }

    private static async Task Prepare(WebApplication app, string data)
    {
        await app.Services.GetRequiredService<AdminToken>().Ensure(Path.Combine(data, "admin-token"));
        await app.Services.GetRequiredService<IGrains>().Point(Filling.Point).Define(new DefinePoint("pcap:/dev/null", PointOrigin.Added, true, null, Caller.System));
    }
}
