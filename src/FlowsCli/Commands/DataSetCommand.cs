// SPDX-License-Identifier: BSD-3-Clause
using System.CommandLine;
using Tci.Flows;
using Tci.Flows.DataSets;

namespace Tci.FlowsCli.Commands;

/// <summary><c>tci-flows dataset</c>.</summary>
internal static class DataSetCommand
{
    private const string Summary = "Lays out captures as a data set in the idle-OS form, with tables and merged tables.";

    private const string Help = """
        The form is that of the CESNET Idle OS Traffic data set:

          TREE/linux__debian__12/2024-07-01__vagrant__debian_bookworm64/traffic.pcap  flow.csv  info.json
          TREE/linux__debian__12/http.csv  tls.csv  dns.csv
          TREE/merged_http.csv  merged_tls.csv  merged_dns.csv

        IN is a directory in which every capture (traffic.pcap or traffic.QUEUE.N.pcap) lies beside its info.json:

          tci-flows dataset captures -o TREE
          tci-flows dataset captures -o TREE --label os_family=linux --label source=vagrant

        or a JSON file; its paths are relative to it:

          { "captures": [ { "traffic": ["win10/traffic.pcap"], "info": { "source": "vagrant",
            "vagrant_box": "gusztavvargadr/windows-10", "os_family": "windows", "os_type": "windows_10",
            "os_version": "22H2", "start_time": "2024-07-01T12:00:00+0000" } } ] }

        A label fills in what an info.json leaves open. Needed of each capture are os_family, os_type, os_version, source,
        and vagrant_box or hash. Run it again after captures were added: it does what is missing and leaves the rest as it is.

        Exit codes: 0 done; 1 failure, what is complete stays; 2 wrong options; 3 an input is damaged, its folder holds
        what is before the damage.
        """;

    public static Command Create(TextWriter errors)
    {
        var input = new Argument<string>("IN") { Description = "A directory of captures, or a JSON description." };
        var tree = new Option<string>("--output", "-o") { Description = "The data set's directory; made where it is missing, added to where it exists.", HelpName = "TREE", Required = true };
        var labels = CommandFrame.Labels("A key of info.json and its value, for captures that lack it. May be given several times.");
        var mode = new Option<string>("--mode") { Description = "As for the export.", HelpName = "compatible|full", DefaultValueFactory = _ => "full" };
        mode.AcceptOnlyFromAmong("compatible", "full");
        var command = new Command("dataset", Summary) { input, tree, labels, mode };
        SubcommandHelp.AddTo(command, "<IN> -o <TREE> [options]", Help);
        command.SetAction((parsed, cancellation) => CommandFrame.Run(errors, () =>
        {
            var options = new ExportOptions { Mode = parsed.GetValue(mode) == "compatible" ? ExportMode.Compatible : ExportMode.Full };
            var read = CommandFrame.ReadLabels(parsed.GetValue(labels), DataSetTree.LabelNames);
            DataSetResult result;
            using (var status = new StatusLine<DataSetProgress>(errors, Text))
                result = DataSetTree.Build(parsed.GetValue(input)!, parsed.GetValue(tree)!, read, options, status, cancellation);
            foreach (var problem in result.Problems)
                errors.WriteLine($"tci-flows: {problem.Path}: {problem.Message}");
            errors.WriteLine($"{result.Captures} captures, {result.Made} made, {result.Captures - result.Made} were there");
            return result.Problems.Count > 0 ? ExitCode.DamagedInput : ExitCode.Done;
        }, cancellation));
        return command;
    }

    private static string Text(DataSetProgress value) =>
        $"{value.Done}/{value.Total}  {value.Folder}{(value.Export?.Share is { } share ? $"  {share * 100:F0} %" : "")}";
}
