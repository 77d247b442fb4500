// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tci.Contracts;
using Tci.Store.Tokens;

namespace Tci.Store.Tests;

[TestClass]
public sealed class StoreServicesTests
{
    [TestMethod]
    public async Task A_host_offers_every_port_and_lets_the_file_go_when_it_ends()
    {
        using var temp = new TempStore();
        for (var start = 0; start < 2; start++)
        {
            using var host = Build(temp);
            await host.StartAsync();
            Assert.IsNotNull(host.Services.GetRequiredService<IJobCatalog>());
            Assert.IsNotNull(host.Services.GetRequiredService<IPlaceCatalog>());
            Assert.IsNotNull(host.Services.GetRequiredService<IScheduleCatalog>());
            Assert.IsNotNull(host.Services.GetRequiredService<ICatalog>());
            Assert.IsNotNull(host.Services.GetRequiredService<IEventFeed>());
            Assert.IsNotNull(host.Services.GetRequiredService<IAudit>());
            Assert.IsNotNull(host.Services.GetRequiredService<ITokens>());
            Assert.IsNotNull(host.Services.GetRequiredService<GrainStates>());
            Assert.IsNotNull(host.Services.GetRequiredService<AdminToken>());
            await host.StopAsync();
        }
    }

    [TestMethod]
    public async Task A_host_whose_database_is_damaged_does_not_start_and_says_why()
    {
        using var temp = new TempStore();
        await File.WriteAllTextAsync(temp.Path, new string('x', 5000));
        using var host = Build(temp);
        var e = await Assert.ThrowsExactlyAsync<StoreUnavailableException>(() => host.StartAsync());
        Assert.Contains("is not an SQLite database", e.Message);
    }

    private static IHost Build(TempStore temp)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddTciStore(temp.Options);
        return builder.Build();
    }
}
