// SPDX-License-Identifier: BSD-3-Clause
using System.CommandLine;
using Tci.Flows.Index;

namespace Tci.FlowsCli.Commands;

/// <summary><c>tci-flows query</c>.</summary>
internal static class QueryCommand
{
    private const string Summary = "Shows flows of a flow.csv, sorted, filtered, a page at a time.";

    private const string Help = $"""
        The index it needs, DIR/flow.idx, is made when it is missing, and made again when flow.csv has changed.

          tci-flows query out --sort bytes --desc --limit 10        the ten largest flows
          tci-flows query out --where port=443 --where 'bytes>1000000'
          tci-flows query out --where addr=10.0.0.0/8 --where name~example --json

        A condition is FIELD OPERATOR VALUE; all of them have to hold:

        {FlowCondition.Help}

        Where more flows match than are shown, the last line says with which --start the next page begins.

        Exit codes: 0 done, also when nothing matches; 1 failure; 2 wrong options or conditions.
        """;

    public static Command Create(TextWriter output, TextWriter errors)
    {
        var directory = new Argument<string>("DIR") { Description = "The directory with flow.csv." };
        var sort = new Option<string>("--sort") { Description = "The order; row is that of flow.csv.", HelpName = string.Join('|', FlowOrders.Names), DefaultValueFactory = _ => "row" };
        sort.AcceptOnlyFromAmong([.. FlowOrders.Names]);
        var descending = new Option<bool>("--desc") { Description = "The order backwards: the largest, or latest, first." };
        var where = new Option<string[]>("--where") { Description = "A condition; may be given several times.", HelpName = "CONDITION" };
        var limit = new Option<int>("--limit") { Description = $"The most flows to show, up to {FlowQuery.LimitMax}.", HelpName = "N", DefaultValueFactory = _ => 20 };
        var start = new Option<long>("--start") { Description = "Where the page begins, as the page before said.", HelpName = "N" };
        var json = new Option<bool>("--json") { Description = "One JSON object: rows, matching, next, and the flows with all their columns." };
        var csv = new Option<bool>("--csv") { Description = "The rows as they are in flow.csv, with its header." };
        var command = new Command("query", Summary) { directory, sort, descending, where, limit, start, json, csv };
        SubcommandHelp.AddTo(command, "<DIR> [options]", Help);
        command.SetAction((parsed, cancellation) => CommandFrame.Run(errors, () =>
        {
            var order = FlowOrders.TryParse(parsed.GetValue(sort)!, out var named) ? named : FlowOrder.Row;
            var query = new FlowQuery
            {
                Where = [.. (parsed.GetValue(where) ?? []).Select(FlowCondition.Parse)],
                Order = order,
                Descending = parsed.GetValue(descending),
                Limit = parsed.GetValue(limit),
                Start = parsed.GetValue(start),
            };
            using var reader = Open(parsed.GetValue(directory)!, errors, cancellation);
            var page = reader.Query(query, cancellation);
            if (parsed.GetValue(json))
                FlowPageJson.Write(reader, page, output);
            else if (parsed.GetValue(csv))
                WriteCsv(reader, page, output);
            else
                FlowPageTable.Write(reader, page, output);
            return ExitCode.Done;
        }, cancellation));
        return command;
    }

    private static FlowTableReader Open(string directory, TextWriter errors, CancellationToken cancellation)
    {
        using var status = IndexCommand.Status(errors);
        return FlowTableReader.OpenOrBuild(directory, error => errors.WriteLine($"{FlowIndex.FileName} is {error.Fault.ToString().ToLowerInvariant()} and is made now"), status, cancellation);
    }

    private static void WriteCsv(FlowTableReader reader, FlowPage page, TextWriter output)
    {
        // A line feed whatever the platform: it is the format's.
        output.Write(string.Join(',', reader.Columns.Select(column => $"{column.Type} {column.Name}")) + "\n");
        foreach (var row in page.Rows)
            output.Write(row.Text + "\n");
    }
}
