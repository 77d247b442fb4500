// SPDX-License-Identifier: BSD-3-Clause
using System.CommandLine;
using System.Numerics;
using Tci.Flows;

namespace Tci.FlowsCli;

/// <summary>The options that say which columns flow.csv has and how many flows are kept.</summary>
internal sealed class ExportShape
{
    private static readonly Dictionary<string, FlowPlugins> Names = new(StringComparer.Ordinal)
    {
        ["basic"] = FlowPlugins.Basic,
        ["basicplus"] = FlowPlugins.BasicPlus,
        ["http"] = FlowPlugins.Http,
        ["pstats"] = FlowPlugins.PacketStats,
        ["tls"] = FlowPlugins.Tls,
        ["dns"] = FlowPlugins.Dns,
        ["quic"] = FlowPlugins.Quic,
    };

    // What a table of arrays can hold; about 3 GB of records.
    private const int MaxFlows = 1 << 24;

    private readonly Option<string> plugins = new("--plugins")
    {
        Description = $"Groups of columns, joined by commas: {string.Join(',', Names.Keys)}. Those of basic are always there.",
        HelpName = "LIST",
    };

    private readonly Option<int> columns = new("--columns")
    {
        Description = "4: the columns of ipfixprobe 4.12 to 4.16. 5: TLS_JA4 where ipfixprobe 5 has it.",
        HelpName = "4|5",
        DefaultValueFactory = _ => 4,
    };

    private readonly Option<int> flows = new("--flows")
    {
        Description = $"Flows kept at one time, 16 to {MaxFlows}, rounded up to a power of two. More than these end early.",
        HelpName = "N",
        DefaultValueFactory = _ => new ExportOptions().FlowCapacity,
    };

    private readonly Option<int> threads = new("--threads")
    {
        Description = $"Cores to use, 1 to {ExportOptions.MaxThreads}. Rows come in another order; --flows is shared out.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    public ExportShape()
    {
        // Validators also see options that were not given; those have no tokens.
        plugins.Validators.Add(result =>
        {
            foreach (var name in Parts(result.Tokens.Count > 0 ? result.Tokens[0].Value : "").Where(name => !Names.ContainsKey(name)))
                result.AddError($"There is no plugin '{name}'; there are {string.Join(',', Names.Keys)}.");
        });
        columns.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: not ("4" or "5") }])
                result.AddError("--columns is 4 or 5.");
        });
        flows.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var count) || count is < 16 or > MaxFlows))
                result.AddError($"--flows is a number from 16 to {MaxFlows}.");
        });
        threads.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var count) || count is < 1 or > ExportOptions.MaxThreads))
                result.AddError($"--threads is a number from 1 to {ExportOptions.MaxThreads}.");
        });
    }

    public IEnumerable<Option> Options => [plugins, columns, flows, threads];

    public ExportOptions Apply(ParseResult parsed, ExportOptions options) => options with
    {
        Plugins = parsed.GetValue(plugins) is { } list
            ? Parts(list).Aggregate(FlowPlugins.Basic, (all, name) => all | Names[name])
            : FlowPlugins.All,
        Columns = parsed.GetValue(columns) == 5 ? ColumnSet.Version5 : ColumnSet.Version4,
        Threads = parsed.GetValue(threads),
        FlowCapacity = (int)BitOperations.RoundUpToPowerOf2((uint)parsed.GetValue(flows)),
    };

    private static string[] Parts(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
