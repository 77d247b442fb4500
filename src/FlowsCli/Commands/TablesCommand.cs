// SPDX-License-Identifier: BSD-3-Clause
using System.CommandLine;
using Tci.Flows;
using Tci.Flows.DataSets;

namespace Tci.FlowsCli.Commands;

/// <summary><c>tci-flows tables</c>, and what it shares with <c>--tables</c>.</summary>
internal static class TablesCommand
{
    public const string LabelHelp = "A label of the tables: os_family, os_type or os_version. May be given several times.";

    private const string Summary = "Makes http.csv, tls.csv and dns.csv of a flow.csv.";

    private const string Help = """
        The distinct user agents with host and URI, TLS versions with ALPN, JA3 and server name, and DNS names of flows
        that were exported before; sorted, with the labels of the captured system.

          tci-flows tables out --label os_family=linux --label os_type=debian --label os_version=12
          tci-flows tables day1 day2 -o both                one set of tables of several flow.csv

        Exit codes: 0 done; 1 failure; 2 wrong options.
        """;

    public static Command Create(TextWriter errors)
    {
        var directories = new Argument<string[]>("DIR") { Description = "Directories with a flow.csv.", Arity = ArgumentArity.OneOrMore };
        var to = new Option<string?>("--output", "-o") { Description = "Where the tables go; the first DIR where it is not given.", HelpName = "DIR" };
        var labels = CommandFrame.Labels(LabelHelp);
        var command = new Command("tables", Summary) { directories, to, labels };
        SubcommandHelp.AddTo(command, "<DIR>... [options]", Help);
        command.SetAction((parsed, cancellation) => CommandFrame.Run(errors, () =>
        {
            var from = parsed.GetValue(directories)!;
            var directory = parsed.GetValue(to) ?? from[0];
            Directory.CreateDirectory(directory);
            DataSetTables.Write(from.Select(path => Path.Combine(path, FlowExporter.FileName)), directory, Read(parsed.GetValue(labels)), cancellation);
            return ExitCode.Done;
        }, cancellation));
        return command;
    }

    /// <exception cref="ArgumentException">There is no such label.</exception>
    public static SystemLabels Read(string[]? labels)
    {
        var read = CommandFrame.ReadLabels(labels, SystemLabels.Names);
        return new SystemLabels(read.GetValueOrDefault("os_family", ""), read.GetValueOrDefault("os_type", ""), read.GetValueOrDefault("os_version", ""));
    }
}
