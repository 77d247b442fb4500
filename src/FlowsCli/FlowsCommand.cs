// SPDX-License-Identifier: BSD-3-Clause
using System.CommandLine;
using Tci.Flows;
using Tci.FlowsCli.Commands;

namespace Tci.FlowsCli;

/// <summary>The command line of tci-flows: its options and what they mean.</summary>
internal static class FlowsCommand
{
    private const string Description = """
        Turns packet captures into flow.csv: one row per bidirectional flow, in the columns and values of
        ipfixprobe 4.16 and the CESNET data sets made with it.

          tci-flows traffic.pcap -o out                     writes out/flow.csv
          tci-flows queue0.pcap queue1.pcap -o out          several captures, merged by time
          zcat a.pcap.gz | tci-flows - -o out               from standard input
          tci-flows traffic.pcap -o out --index --tables    also out/flow.idx, and http.csv, tls.csv, dns.csv

        Each command below has a help of its own: tci-flows query --help.

        Exit codes: 0 done; 1 failure, nothing was written; 2 wrong options; 3 an input is damaged,
        out/flow.csv holds the flows of everything before the damage.
        """;

    public static RootCommand Create(TextWriter output, TextWriter errors)
    {
        var inputs = new Argument<string[]>("IN")
        {
            Description = "Captures in pcap (microseconds or nanoseconds, both byte orders) or pcapng, as they are or compressed with gzip or zstd; - for standard input; or the directory of a capture (traffic.pcap, or traffic.QUEUE.N.pcap).",
            Arity = ArgumentArity.OneOrMore,
        };
        inputs.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-') && token.Value != "-"))
                result.AddError($"There is no option '{token.Value}'.");
        });
        var directory = new Option<string>("--output", "-o")
        {
            Description = "Directory for flow.csv; made where it is missing.",
            HelpName = "DIR",
            Required = true,
        };
        var mode = Choice("--mode", "full", "compatible: what ipfixprobe 4.16 writes. full: right where ipfixprobe is not.", "compatible", "full");
        var link = new Option<ulong>("--link-bit-field")
        {
            Description = "Value of the LINK_BIT_FIELD column: which exporter the flows come from.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        var progress = Choice("--progress", "auto", "auto: a line on a terminal. json: one JSON line a second on standard output. none: nothing.", "auto", "json", "none");
        var beside = new BesideOptions();
        var root = new RootCommand(Description) { inputs, directory, mode, link, progress };
        var shape = new ExportShape();
        foreach (var option in shape.Options)
            root.Options.Add(option);
        beside.AddTo(root);
        root.Add(StatsCommand.Create(output, errors));
        root.Add(QueryCommand.Create(output, errors));
        root.Add(IndexCommand.Create(errors));
        root.Add(TablesCommand.Create(errors));
        root.Add(DataSetCommand.Create(errors));
        root.SetAction((parsed, cancellation) =>
        {
            var options = shape.Apply(parsed, new ExportOptions
            {
                Mode = parsed.GetValue(mode) == "compatible" ? ExportMode.Compatible : ExportMode.Full,
                LinkBitField = parsed.GetValue(link),
            });
            var shown = ProgressDisplay.Create(parsed.GetValue(progress)!, output, errors);
            var export = new ExportJob(parsed.GetValue(inputs)!, parsed.GetValue(directory)!, options, shown, errors);
            // On a thread of its own, so that an interrupt reaches the token while the export runs.
            return Task.Run(() => beside.Run(parsed, parsed.GetValue(directory)!, errors, () => export.Run(cancellation), cancellation));
        });
        return root;
    }

    private static Option<string> Choice(string name, string standard, string description, params string[] values)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', values),
            DefaultValueFactory = _ => standard,
        };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
