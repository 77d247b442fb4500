// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows;

namespace Tci.FlowsCli;

/// <summary>Runs one export and says in words how it went.</summary>
internal sealed class ExportJob(string[] inputs, string directory, ExportOptions options, ProgressDisplay display, TextWriter errors)
{
    public int Run(CancellationToken cancellation)
    {
        try
        {
            var result = FlowExporter.Run(inputs, directory, options, display, cancellation);
            display.Close();
            return Report(result);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or OperationCanceledException or ArgumentException)
        {
            display.Close();
            errors.WriteLine($"tci-flows: {(error is OperationCanceledException ? "cancelled, nothing was written" : error.Message)}");
            return ExitCode.Failure;
        }
    }

    private int Report(ExportResult result)
    {
        foreach (var problem in result.Problems)
            errors.WriteLine($"tci-flows: {problem.Path}: {problem.Message}");
        var others = result.PacketsWithoutFlow > 0 ? $" ({result.PacketsWithoutFlow} of no flow)" : "";
        var givenUp = result.StreamsGivenUp > 0 ? $"; {result.StreamsGivenUp} incomplete handshakes or headers not read" : "";
        errors.WriteLine($"{result.Packets} packets{others}, {result.Flows} flows, {result.Elapsed.TotalSeconds:F2} s{givenUp}");
        return result.Problems.Count > 0 ? ExitCode.DamagedInput : ExitCode.Done;
    }
}
