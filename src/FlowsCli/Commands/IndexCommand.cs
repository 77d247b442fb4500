// SPDX-License-Identifier: BSD-3-Clause
using System.CommandLine;
using Tci.Flows.Index;

namespace Tci.FlowsCli.Commands;

/// <summary><c>tci-flows index</c>.</summary>
internal static class IndexCommand
{
    private const string Summary = "Makes the index of a flow.csv, for fast sorting, filtering and paging.";

    private const string Help = """
        DIR/flow.idx is what query (and the API) need to sort, filter and page millions of flows without reading them
        all. It takes about 120 bytes a flow.

          tci-flows index out                 makes it, or makes it again
          tci-flows index --check out         reads both files and compares all hashes

        Exit codes: 0 done, or the index is right; 1 failure, or the index is missing, damaged or stale; 2 wrong options.
        """;

    public static Command Create(TextWriter errors)
    {
        var directory = new Argument<string>("DIR") { Description = "The directory with flow.csv." };
        var check = new Option<bool>("--check") { Description = "Only check the index that is there." };
        var command = new Command("index", Summary) { directory, check };
        SubcommandHelp.AddTo(command, "[--check] <DIR>", Help);
        command.SetAction((parsed, cancellation) => CommandFrame.Run(errors, () =>
            parsed.GetValue(check) ? Check(parsed.GetValue(directory)!, errors, cancellation) : Build(parsed.GetValue(directory)!, errors, cancellation), cancellation));
        return command;
    }

    /// <summary>Makes the index and says how many rows it has.</summary>
    public static int Build(string directory, TextWriter errors, CancellationToken cancellation)
    {
        long rows;
        using (var status = Status(errors))
            rows = FlowIndex.Build(directory, status, cancellation);
        errors.WriteLine($"{FlowIndex.FileName}: {rows} flows");
        return ExitCode.Done;
    }

    public static StatusLine<FlowIndexProgress> Status(TextWriter errors) =>
        new(errors, value => $"index  {value.Share * 100,3:F0} %  {value.Rows:N0} flows");

    private static int Check(string directory, TextWriter errors, CancellationToken cancellation)
    {
        using var reader = FlowTableReader.Open(directory);
        reader.Check(cancellation);
        errors.WriteLine($"{FlowIndex.FileName} is right: {reader.Rows} flows");
        return ExitCode.Done;
    }
}
