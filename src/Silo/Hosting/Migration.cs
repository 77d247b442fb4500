// SPDX-License-Identifier: BSD-3-Clause
using System.CommandLine;
using Tci.Silo.Storage;
using Tci.Store;

namespace Tci.Silo.Hosting;

/// <summary>Brings a PostgreSQL database to this program's tables, the store's first. Twice, and by several at once, does no harm.</summary>
internal static class Migration
{
    private static readonly Option<string?> s_probeUser = new("--probe-user")
    {
        Description = "A user of the database, who is there, for silos with the role probe alone: gets the rights they need, and none on jobs, accounts or the audit.",
        HelpName = "USER",
    };

    public static Command Command(Func<ParseResult, SiloProgramOptions> options)
    {
        var command = new Command("migrate", "Prepares the PostgreSQL database for a cluster: makes or updates its tables. Safe to run twice, and by several at once.") { s_probeUser };
        command.SetAction((parsed, cancel) => Run(options(parsed), parsed.GetValue(s_probeUser), cancel));
        return command;
    }

    /// <summary>0, or 1 with a sentence on standard error.</summary>
    private static async Task<int> Run(SiloProgramOptions options, string? probeUser, CancellationToken cancel)
    {
        try
        {
            var store = options.Store();
            if (store.PostgreSql is not { } connection) throw new StoreUnavailableException($"No PostgreSQL is named: --store or {StoreChoice.Variable} says where it is.");
            await using var database = new ClusterDatabase(connection);
            await Run(store, database, cancel);
            if (probeUser is not null) await database.GrantProbe(probeUser, cancel);
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
