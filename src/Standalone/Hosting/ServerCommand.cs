// SPDX-License-Identifier: BSD-3-Clause
using System.CommandLine;
using System.CommandLine.Parsing;
using Tci.Api.Hosting;
using Tci.Contracts;
using Tci.Store;
using Tci.Store.Audit;

namespace Tci.Standalone.Hosting;

/// <summary>The command line of <c>tci-server</c>.</summary>
internal static class ServerCommand
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

    /// <summary>Reads the arguments and runs what they say; answers with the exit code.</summary>
    public static Task<int> Run(string[] args)
    {
        var root = new RootCommand("TCI on one machine: capture points, jobs, processing and the HTTP API in one process, with SQLite or PostgreSQL. Exit codes: 0 ended as asked, 1 failed, 2 usage.")
        {
            s_data, s_store, s_probe, RunCommand(), TokenCommand(), AuditCommand.Make("tci-server", p => Options(p).ExistingStore()), StoreCommands.Export(Options), StoreCommands.Import(Options),
        };
        ApiArguments.AddTo(root);
        root.Validators.Add(CheckProbe);
        root.SetAction((parsed, cancel) => Server.Run(Options(parsed), cancel));
        var parsed = root.Parse(args);
        return parsed.Errors.Count > 0 ? Task.FromResult(Usage(parsed)) : parsed.InvokeAsync();
    }

    private static Command RunCommand()
    {
        var run = new Command("run", "Runs the server until Ctrl-C or SIGTERM (the default).") { s_probe };
        ApiArguments.AddTo(run);
        run.Validators.Add(CheckProbe);
        run.SetAction((parsed, cancel) => Server.Run(Options(parsed), cancel));
        return run;
    }

    private static Command TokenCommand()
    {
        var reset = new Option<bool>("--reset-admin") { Description = "Makes the administrator's token worthless and writes a new one to DIR/admin-token.", Required = true };
        var token = new Command("token", "Looks after the administrator's token.") { reset };
        token.SetAction((parsed, _) => TokenReset.Run(Options(parsed)));
        return token;
    }

    private static ServerOptions Options(ParseResult parsed) => new(
        Path.GetFullPath(parsed.GetValue(s_data)!),
        ApiArguments.Listen(parsed),
        new ProbeId(parsed.GetValue(s_probe) ?? "local"),
        ApiArguments.Options(parsed, "one-machine"),
        parsed.GetValue(s_store));

    private static int Usage(ParseResult parsed)
    {
        foreach (var error in parsed.Errors) Console.Error.WriteLine($"tci-server: {error.Message}");
        Console.Error.WriteLine("tci-server --help says what it takes.");
        return 2;
    }

    private static void CheckProbe(CommandResult result)
    {
        if (result.GetValue(s_probe) is { } id && !ProbeId.TryParse(id, out _)) result.AddError($"'{id}' is no name for a probe: 1 to 64 letters, digits and - _ . @ : are.");
    }
}
