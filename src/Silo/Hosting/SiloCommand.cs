// SPDX-License-Identifier: BSD-3-Clause
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
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

    private static readonly Option<SiloRoles> s_role = new("--role")
    {
        Description = "What this process does, separated by commas: control (decides), probe (captures and processes), api (answers people and programs). Several processes need PostgreSQL.",
        HelpName = "ROLE[,ROLE]",
        DefaultValueFactory = _ => SiloRoles.All,
        CustomParser = ParseRoles,
    };

    private static readonly Option<IPAddress> s_advertise = new("--advertise")
    {
        Description = "Address of this host by which the others reach it.",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = ParseAddress,
    };

    private static readonly Option<int> s_siloPort = new("--silo-port") { Description = "Port for other silos.", DefaultValueFactory = _ => 11111 };

    private static readonly Option<int> s_gatewayPort = new("--gateway-port") { Description = "Port of the role control for the API's processes.", DefaultValueFactory = _ => 30000 };

    private static readonly Option<int> s_filesPort = new("--files-port") { Description = "Port of the role probe from which the API's processes read files.", DefaultValueFactory = _ => 8100 };

    /// <summary>Reads the arguments and runs the silo; answers with the exit code.</summary>
    public static Task<int> Run(string[] args)
    {
        var root = new RootCommand(
            "TCI on Orleans: a process of a cluster, with one role or several. Exit codes: 0 ended as asked, 1 failed, 2 usage.")
        {
            s_role, s_data, s_store, s_probe, s_advertise, s_siloPort, s_gatewayPort, s_filesPort, Migration.Command(Options), StatusCommand.Command(Options),
            AuditCommand.Make("tci-silo", p => Options(p).ExistingStore()), SiloImport.Command(Options),
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
            Roles = parsed.GetValue(s_role),
            Advertise = parsed.GetValue(s_advertise) ?? IPAddress.Loopback,
            SiloPort = parsed.GetValue(s_siloPort),
            GatewayPort = parsed.GetValue(s_gatewayPort),
        },
        ApiArguments.Options(parsed, "cluster"),
        parsed.GetValue(s_store),
        parsed.GetValue(s_filesPort));

    private static int Usage(ParseResult parsed)
    {
        foreach (var error in parsed.Errors) Console.Error.WriteLine($"tci-silo: {error.Message}");
        Console.Error.WriteLine("tci-silo --help says what it takes.");
        return 2;
    }

    private static SiloRoles ParseRoles(ArgumentResult result)
    {
        var roles = SiloRoles.None;
        foreach (var name in result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.TrimEntries)))
        {
            if (name is "control" or "probe" or "api") roles |= Enum.Parse<SiloRoles>(name, ignoreCase: true);
            else result.AddError($"'{name}' is no role: control, probe and api are.");
        }

        return roles;
    }

    private static IPAddress ParseAddress(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (IPAddress.TryParse(text, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)) return address;
        result.AddError($"'{text}' is no address of this host: the others are told it, as in 10.0.0.5.");
        return IPAddress.Loopback;
    }

    private static void CheckProbe(CommandResult result)
    {
        if (result.GetValue(s_probe) is { } id && !ProbeId.TryParse(id, out _)) result.AddError($"'{id}' is no name for a probe: 1 to 64 letters, digits and - _ . @ : are.");
    }
}
