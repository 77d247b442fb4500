// SPDX-License-Identifier: BSD-3-Clause
using System.CommandLine;
using System.CommandLine.Parsing;
using Tci.Api.Hosting;
using Tci.Contracts;
using Tci.Store;
using Tci.Store.Audit;

namespace Tci.Silo.Hosting;

/// <summary>The command line of <c>tci-silo</c>.</summary>
internal static class SiloCommand
{
    private static readonly Option<string> s_data = new("--data")
    {
        Description = "Folder of database, captures and token; made where it is missing.",
        DefaultValueFactory = _ => Path.Combine(Environment.CurrentDirectory, "tci-data"),
        Recursive = true,
    };

    private static readonly Option<string?> s_store = new("--store")
    {
        Description = $"File that says how PostgreSQL is reached, in one line like 'Host=db;Database=tci;Username=tci;Password=...'; readable by its owner alone. Without it the variable {StoreChoice.Variable} is taken, and without that SQLite in the data folder.",
        Recursive = true,
    };

    private static readonly Option<string> s_probe = new("--probe-id")
    {
        Description = "Name of this host's probe; its points are called PROBE/INTERFACE.",
        DefaultValueFactory = _ => "local",
    };

    private static readonly Option<int> s_siloPort = new("--silo-port") { Description = "Port on loopback for other silos.", DefaultValueFactory = _ => 11111 };

    private static readonly Option<int> s_gatewayPort = new("--gateway-port") { Description = "Port on loopback for Orleans clients.", DefaultValueFactory = _ => 30000 };

    /// <summary>Reads the arguments and runs the silo; answers with the exit code.</summary>
    public static Task<int> Run(string[] args)
    {
        var root = new RootCommand(
            "TCI on Orleans: a silo on this host with control, probe and API together. Exit codes: 0 ended as asked, 1 failed, 2 usage.")
        {
            s_data, s_store, s_probe, s_siloPort, s_gatewayPort, AuditCommand.Make("tci-silo", p => Options(p).ExistingStore()), SiloImport.Command(Options),
        };
        ApiArguments.AddTo(root);
        root.Validators.Add(CheckProbe);
        root.SetAction((parsed, cancel) => SiloProgram.Run(Options(parsed), cancel));
        var parsed = root.Parse(args);
        return parsed.Errors.Count > 0 ? Task.FromResult(Usage(parsed)) : parsed.InvokeAsync();
    }

    private static SiloProgramOptions Options(ParseResult parsed) => new(
        Path.GetFullPath(parsed.GetValue(s_data)!),
        ApiArguments.Listen(parsed),
        new TciSiloOptions
        {
            Probe = new ProbeId(parsed.GetValue(s_probe) ?? "local"),
            SiloPort = parsed.GetValue(s_siloPort),
            GatewayPort = parsed.GetValue(s_gatewayPort),
        },
        ApiArguments.Options(parsed, "cluster"),
        parsed.GetValue(s_store));

    private static int Usage(ParseResult parsed)
    {
        foreach (var error in parsed.Errors) Console.Error.WriteLine($"tci-silo: {error.Message}");
        Console.Error.WriteLine("tci-silo --help says what it takes.");
        return 2;
    }

    private static void CheckProbe(CommandResult result)
    {
        if (result.GetValue(s_probe) is { } id && !ProbeId.TryParse(id, out _)) result.AddError($"'{id}' is no name for a probe: 1 to 64 letters, digits and - _ . @ : are.");
    }
}
