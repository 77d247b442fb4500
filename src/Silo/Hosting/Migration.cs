// SPDX-License-Identifier: BSD-3-Clause
using Tci.Silo.Storage;
using Tci.Store;

namespace Tci.Silo.Hosting;

/// <summary>Brings a PostgreSQL database to this program's tables, the store's first. Twice, and by several at once, does no harm.</summary>
internal static class Migration
{
    /// <summary>As a command: 0, or 1 with a sentence on standard error.</summary>
    public static async Task<int> Run(SiloProgramOptions options, CancellationToken cancel)
    {
        try
        {
            var store = options.Store();
            if (store.PostgreSql is not { } connection) throw new StoreUnavailableException($"No PostgreSQL is named: --store or {StoreChoice.Variable} says where it is.");
            await using var database = new ClusterDatabase(connection);
            await Run(store, database, cancel);
            Console.WriteLine("The database is prepared.");
            return 0;
        }
        catch (StoreUnavailableException e)
        {
            await Console.Error.WriteLineAsync($"tci-silo: migrate: {e.Message}");
            return 1;
        }
    }

    public static async Task Run(StoreOptions store, ClusterDatabase database, CancellationToken cancel)
    {
        (await Database.Open(store with { Exclusive = false }, TimeProvider.System)).Dispose();
        await database.Migrate(cancel);
    }
}
