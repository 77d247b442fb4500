// SPDX-License-Identifier: BSD-3-Clause
using System.Text;
using Tci.Flows.Captures;

namespace Tci.Flows.Tests.Making;

/// <summary>Runs the exporter over captures in memory.</summary>
internal static class Export
{
    public static FlowFile Of(PcapFile file, ExportMode mode = ExportMode.Compatible) =>
        Of(new ExportOptions { Mode = mode }, file.ToArray()).Flows;

    public static FlowFile Of(params byte[][] frames)
    {
        var file = new PcapFile();
        for (var i = 0; i < frames.Length; i++)
            file.Add(i * 1000, frames[i]);
        return Of(file);
    }

    public static (FlowFile Flows, ExportResult Result) Of(ExportOptions options, params byte[][] files)
    {
        using var capture = new MergedCapture(files.Select((bytes, i) => CaptureFile.Open($"input {i}", new MemoryStream(bytes))));
        using var output = new MemoryStream();
        var result = new ExportRun(capture, output, options).Execute(new ProgressClock(null, 0), CancellationToken.None);
        return (new FlowFile(Encoding.Latin1.GetString(output.ToArray())), result);
    }
}
