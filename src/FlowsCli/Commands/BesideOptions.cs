// SPDX-License-Identifier: BSD-3-Clause
using System.CommandLine;
using Tci.Flows;
using Tci.Flows.DataSets;
using Tci.Flows.Stats;

namespace Tci.FlowsCli.Commands;

/// <summary>The options for files beside flow.csv: its index and the tables.</summary>
internal sealed class BesideOptions
{
    private readonly Option<bool> index = new("--index") { Description = "Also make flow.idx, the index that query and the API read." };
    private readonly Option<bool> summary = new("--summary") { Description = "Also make flow.summary.json: top addresses, ports, names, and the traffic over time." };
    private readonly Option<bool> tables = new("--tables") { Description = "Also make http.csv, tls.csv and dns.csv." };
    private readonly Option<string[]> labels = CommandFrame.Labels(TablesCommand.LabelHelp + " Needs --tables.");

    public void AddTo(Command command)
    {
        command.Add(index);
        command.Add(summary);
        command.Add(tables);
        command.Add(labels);
        command.Validators.Add(result =>
        {
            if (result.GetResult(labels) is { Implicit: false } && result.GetResult(tables) is not { Implicit: false })
                result.AddError("--label is for the tables: add --tables.");
        });
    }

    /// <summary>Runs the export and then makes what was asked for, of damaged inputs too. The export's code is kept unless that fails.</summary>
    public int Run(ParseResult parsed, string directory, TextWriter errors, Func<int> export, CancellationToken cancellation) =>
        CommandFrame.Guard(errors, () =>
        {
            // Before the work: a wrong label must not cost an export.
            var known = TablesCommand.Read(parsed.GetValue(labels));
            var code = export();
            if (code is not (ExitCode.Done or ExitCode.DamagedInput))
                return code;
            if (parsed.GetValue(tables))
                DataSetTables.Write([Path.Combine(directory, FlowExporter.FileName)], directory, known, cancellation);
            if (parsed.GetValue(index))
                IndexCommand.Build(directory, errors, cancellation);
            if (parsed.GetValue(summary))
                FlowSummary.Write(directory, cancellation);
            return code;
        });
}
