// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Tci.Silo.Storage;

namespace Tci.Silo.Hosting;

/// <summary>The API's way into the cluster where it runs in a process of its own.</summary>
internal static class ClusterClient
{
    /// <summary>Between two attempts to find a silo. Until one is found every call fails at once, and the API answers 503.</summary>
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    public static void Configure(IClientBuilder client, string cluster)
    {
        client.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster, cluster));
        client.UseAdoNetClustering(b => b.Configure<ClusterDatabase>((o, d) => (o.Invariant, o.DataSource) = (ClusterDatabase.Invariant, d.Source)));
        client.Configure<ClientMessagingOptions>(o =>
        {
            o.ResponseTimeout = TimeSpan.FromSeconds(5);
            o.CancelRequestOnTimeout = true;
        });
        client.Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5));
        client.UseConnectionRetryFilter(async (_, cancel) =>
        {
            await Task.Delay(s_retryAfter, cancel);
            return true;
        });
        client.Services.AddTciMessages();
    }
}
