// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tci.Store;
using Tci.Store.Tokens;

namespace Tci.Standalone.Hosting;

/// <summary><c>tci-server token --reset-admin</c>; works beside a running server.</summary>
internal static class TokenReset
{
    public static async Task<int> Run(ServerOptions options)
    {
        try
        {
            var services = new ServiceCollection();
            services.AddLogging(l => l.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole());
            services.AddTciStore(options.ExistingStore());
            await using var provider = services.BuildServiceProvider();
            var token = provider.GetRequiredService<AdminToken>();
            await token.Reset();
            await token.Ensure(options.TokenFile);
            Console.WriteLine($"The new administrator's token is in {options.TokenFile}. The old one is worthless now.");
            return 0;
        }
        catch (StoreUnavailableException e)
        {
            await Console.Error.WriteLineAsync($"tci-server: {e.Message}");
            return 1;
        }
    }
}
