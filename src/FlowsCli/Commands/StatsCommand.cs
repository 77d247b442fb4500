// SPDX-License-Identifier: BSD-3-Clause
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tci.Flows;
using Tci.Flows.Stats;

namespace Tci.FlowsCli.Commands;

/// <summary><c>tci-flows stats</c>.</summary>
internal static class StatsCommand
{
    private const string Summary = "Tells what is in captures: protocols, addresses, ports, names, sizes, durations.";

    private const string Help = """
        Frame sizes, protocols, addresses and ports with most bytes, names seen, how long flows last. Reads each input
        once, in bounded memory; nothing is written.

          tci-flows stats traffic.pcap
          tci-flows stats queue0.pcap queue1.pcap --json
          tci-flows stats out/flow.csv                      of flows that were exported before, without frame sizes

        Exit codes: 0 done; 1 failure; 2 wrong options; 3 an input is damaged, the numbers are of what is before the damage.
        """;

    public static Command Create(TextWriter output, TextWriter errors)
    {
        var inputs = new Argument<string[]>("IN") { Description = "Captures, as for the export; or one flow.csv.", Arity = ArgumentArity.OneOrMore };
        var top = new Option<int>("--top") { Description = "How many addresses, ports and names to list, 1 to 1000.", HelpName = "N", DefaultValueFactory = _ => 10 };
        top.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var value) && value is < 1 or > 1000)
                result.AddError("--top is a number from 1 to 1000.");
        });
        var json = new Option<bool>("--json") { Description = "One JSON object instead of tables." };
        var command = new Command("stats", Summary) { inputs, top, json };
        SubcommandHelp.AddTo(command, "<IN>... [options]", Help);
        command.SetAction((parsed, cancellation) => CommandFrame.Run(errors, () =>
        {
            CaptureStatistics statistics;
            using (var status = new StatusLine<ExportProgress>(errors, LineProgress.Text))
                statistics = TrafficStatistics.Of(parsed.GetValue(inputs)!, parsed.GetValue(top), progress: status, cancellation: cancellation);
            if (parsed.GetValue(json))
                output.WriteLine(JsonSerializer.Serialize(statistics, StatsJson.Default.CaptureStatistics));
            else
                StatsTables.Write(statistics, output);
            foreach (var problem in statistics.Problems)
                errors.WriteLine($"tci-flows: {problem.Path}: {problem.Message}");
            return statistics.Problems.Count > 0 ? ExitCode.DamagedInput : ExitCode.Done;
        }, cancellation));
        return command;
    }
}

[JsonSerializable(typeof(CaptureStatistics))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class StatsJson : JsonSerializerContext;
