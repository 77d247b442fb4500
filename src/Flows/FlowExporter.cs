// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Captures;

namespace Tci.Flows;

/// <summary>Turns captures into flow.csv. The one entry to this library.</summary>
public static class FlowExporter
{
    /// <summary>The file every export writes.</summary>
    public const string FileName = "flow.csv";

    /// <summary>
    /// Reads captures (pcap and pcapng, as they are or compressed with gzip or zstd), merged by time, and writes
    /// DIRECTORY/flow.csv; while it is being written it is called flow.csv.part. Damage in an input ends that input
    /// and is reported in the result, not thrown.
    /// </summary>
    /// <param name="inputs">At least one: paths of captures, "-" for standard input, directories of captures (traffic.pcap or traffic.QUEUE.N.pcap).</param>
    /// <param name="outputDirectory">Made where it is missing.</param>
    /// <param name="options">How flows are made; null for the defaults.</param>
    /// <param name="progress">Told about twice a second, and once at the end.</param>
    /// <param name="cancellation">Ends the export; the partial file is removed.</param>
    /// <exception cref="ArgumentException">No input, or an option outside its range.</exception>
    /// <exception cref="IOException">An input cannot be opened or read, or the output cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">An input or the output directory may not be accessed.</exception>
    /// <exception cref="OperationCanceledException">The export was cancelled.</exception>
    public static ExportResult Run(
        IReadOnlyList<string> inputs,
        string outputDirectory,
        ExportOptions? options = null,
        IProgress<ExportProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentException.ThrowIfNullOrEmpty(outputDirectory);
        if (inputs.Count == 0)
            throw new ArgumentException("At least one input is needed.", nameof(inputs));
        options ??= new ExportOptions();
        options.Check();
        var queues = CaptureInputs.Resolve(inputs);
        using var capture = MergedCapture.Open(queues);
        var totalBytes = CaptureInputs.TotalBytes(queues);
        Directory.CreateDirectory(outputDirectory);
        var finished = Path.Combine(outputDirectory, FileName);
        var part = finished + ".part";
        try
        {
            var clock = new ProgressClock(progress, totalBytes);
            var result = options.Threads > 1 && queues.All(q => q.All(File.Exists))
                ? new SharedExport(() => MergedCapture.Open(queues), options).Execute(part, clock, cancellation)
                : ExportAlone(capture, part, options, clock, cancellation);
            File.Move(part, finished, overwrite: true);
            return result;
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private static ExportResult ExportAlone(
        MergedCapture capture, string path, ExportOptions options, ProgressClock clock, CancellationToken cancellation)
    {
        using var output = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        return new ExportRun(capture, output, options).Execute(clock, cancellation);
    }
}
