// SPDX-License-Identifier: BSD-3-Clause
using System.Text.Json;
using System.Text.Json.Serialization;
using Tci.Flows.Reading;

namespace Tci.Flows.Stats;

/// <summary>flow.summary.json: what is in a flow.csv, counted once so that nobody has to read it all again (docs/formats/flow-summary.md).</summary>
public static class FlowSummary
{
    /// <summary>Its name, beside flow.csv.</summary>
    public const string FileName = "flow.summary.json";

    /// <summary>How many addresses, ports and names it lists.</summary>
    public const int ItemsMax = 100;

    /// <summary>Reads DIRECTORY/flow.csv twice, in bounded memory, and writes DIRECTORY/flow.summary.json.</summary>
    /// <param name="directory">Where flow.csv is.</param>
    /// <param name="cancellation">Ends the work; nothing is left behind.</param>
    /// <exception cref="InvalidDataException">flow.csv is damaged; the message says where.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static void Write(string directory, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var csv = Path.Combine(directory, FlowExporter.FileName);
        var statistics = TrafficStatistics.Of([csv], ItemsMax, cancellation: cancellation);
        var content = new FlowSummaryContent(1, statistics, Timeline(csv, statistics, cancellation));
        var part = Path.Combine(directory, FileName + ".part");
        File.WriteAllBytes(part, JsonSerializer.SerializeToUtf8Bytes(content, FlowSummaryJson.Default.FlowSummaryContent));
        File.Move(part, Path.Combine(directory, FileName), overwrite: true);
    }

    private static FlowTimeline? Timeline(string path, CaptureStatistics statistics, CancellationToken cancellation)
    {
        if (statistics is not { First: { } first, Last: { } last })
            return null;
        using var rows = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        using var csv = new FlowCsvReader(rows);
        return FlowTimeline.Of(csv, Microseconds(first), Microseconds(last), cancellation);
    }

    private static long Microseconds(DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}

/// <param name="Format">Version of the form.</param>
/// <param name="Flows">What <c>tci-flows stats</c> tells.</param>
/// <param name="Timeline">Null without flows.</param>
internal sealed record FlowSummaryContent(int Format, CaptureStatistics Flows, FlowTimeline? Timeline);

[JsonSerializable(typeof(FlowSummaryContent))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class FlowSummaryJson : JsonSerializerContext;
