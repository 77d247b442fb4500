// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using System.Text.Json.Serialization;
using Tci.Contracts;
using Tci.Probe.Installation;

namespace Tci.Probe.Processing;

/// <summary>The built-in <c>flows</c>: flow.csv with its index and summary, by tci-flows.</summary>
internal sealed class FlowsProcessor : IProcessor
{
    // tci-flows --help.
    private const int DamagedInput = 3;

    private static readonly JsonSerializerOptions s_strict = MakeStrict();

    public string Name => "flows";

    public Answer<ProcessorCall> Plan(JsonElement? parameters, string input, string output)
    {
        var read = Read(parameters);
        if (!read.Ok) return read.Problem;
        var program = Programs.Find("tci-flows");
        if (!program.Ok) return program.Problem with { Code = ProblemCodes.ProcessingFailed };
        var arguments = new List<string> { input, "-o", output, "--index", "--summary", "--progress", "json" };
        if (read.Value.Mode is { } mode) arguments.AddRange(["--mode", mode == FlowsMode.Compatible ? "compatible" : "full"]);
        if (read.Value.Tables) arguments.Add("--tables");
        if (read.Value.LinkBitField is { } link) arguments.AddRange(["--link-bit-field", link.ToString()]);
        return new ProcessorCall(program.Value, arguments, DamagedInput);
    }

    private static Answer<FlowsParameters> Read(JsonElement? parameters)
    {
        try
        {
            return parameters?.Deserialize<FlowsParameters>(s_strict) ?? new FlowsParameters();
        }
        catch (JsonException)
        {
            return new Problem(
                ProblemCodes.InvalidRequest,
                "The processor flows takes the parameters mode (\"full\" or \"compatible\"), linkBitField (a whole number) and tables (true or false), and no others.",
                Field: "processing.parameters");
        }
    }

    private static JsonSerializerOptions MakeStrict()
    {
        var options = ContractJson.Make();
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        return options;
    }

    private enum FlowsMode
    {
        Full,
        Compatible,
    }

    private sealed record FlowsParameters(FlowsMode? Mode = null, ulong? LinkBitField = null, bool Tables = false);
}
