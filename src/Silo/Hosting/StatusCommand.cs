// SPDX-License-Identifier: BSD-3-Clause
using System.CommandLine;
using System.Text.Json;
using Tci.Contracts;
using Tci.Silo.Storage;
using Tci.Store;

namespace Tci.Silo.Hosting;

/// <summary><c>tci-silo status</c>: who is in the cluster, read from its database.</summary>
internal static class StatusCommand
{
    private static readonly Option<bool> s_json = new("--json") { Description = "As JSON." };

    private sealed record Status(IReadOnlyList<SiloRow> Silos, IReadOnlyList<ProbeView> Probes);

    public static Command Command(Func<ParseResult, SiloProgramOptions> options)
    {
        var command = new Command("status", "Shows the silos of the cluster and its probes, as the database knows them. 1 where a probe is away or has no silo.") { s_json };
        command.SetAction((parsed, cancel) => Run(options(parsed), parsed.GetValue(s_json), cancel));
        return command;
    }

    private static async Task<int> Run(SiloProgramOptions options, bool asJson, CancellationToken cancel)
    {
        try
        {
            if (options.Store().PostgreSql is not { } connection) throw new StoreUnavailableException($"No PostgreSQL is named: --store or {StoreChoice.Variable} says where it is.");
            await using var cluster = new ClusterDatabase(connection);
            var status = new Status(await cluster.Silos(cancel), await cluster.Probes(cancel));
            if (asJson) Console.WriteLine(JsonSerializer.Serialize(status, ContractJson.Options));
            else Write(status);
            return status.Probes.All(p => p.Present && IsServed(status, p)) ? 0 : 1;
        }
        catch (StoreUnavailableException e)
        {
            await Console.Error.WriteLineAsync($"tci-silo: status: {e.Message}");
            return 1;
        }
    }

    private static bool IsServed(Status status, ProbeView probe) => status.Silos.Any(s => s.Name == $"probe:{probe.Id}" && s.Status == "Active");

    private static void Write(Status status)
    {
        Console.WriteLine($"{"SILO",-28} {"STATE",-13} {"ADDRESS",-22} {"HOST",-16} SINCE");
        foreach (var silo in status.Silos) Console.WriteLine($"{silo.Name,-28} {silo.Status,-13} {silo.Address,-22} {silo.Host,-16} {silo.Since:yyyy-MM-dd HH:mm:ss}Z");
        Console.WriteLine();
        Console.WriteLine($"{"PROBE",-20} {"STATE",-30} {"FREE",10} {"LOAD",6} {"CLOCK",9} VERSION");
        foreach (var probe in status.Probes)
        {
            var state = probe.Present ? "there" : $"away since {probe.AwaySince:yyyy-MM-dd HH:mm:ss}Z";
            Console.WriteLine($"{probe.Id,-20} {state,-30} {probe.DiskFreeBytes / 1e9,7:0.0} GB {probe.Load,6:0.00} {probe.ClockOffset?.TotalMilliseconds,6:0} ms {probe.Version}");
        }
    }
}
