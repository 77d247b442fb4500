// SPDX-License-Identifier: BSD-3-Clause
using System.IO.Pipes;
using Tci.Flows.Captures;
using Tci.Flows.Reading;

namespace Tci.Flows.Stats;

/// <summary>Tells what is in captures, or in a flow.csv, in one pass and bounded memory.</summary>
public static class TrafficStatistics
{
    // How long the export may take to end after its reader has gone, besides what a cancelled packet loop needs.
    private static readonly TimeSpan EndDeadline = TimeSpan.FromSeconds(30);

    /// <param name="inputs">As for <see cref="FlowExporter.Run"/>; or one path that ends in <c>.csv</c>, of a flow.csv.</param>
    /// <param name="items">How many addresses, ports and names are listed, at least 1.</param>
    /// <param name="options">How flows are made; null for the defaults.</param>
    /// <param name="progress">Told about twice a second while captures are read.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ArgumentException">No input, or a number outside its range.</exception>
    /// <exception cref="InvalidDataException">The flow.csv is damaged; the message says where.</exception>
    /// <exception cref="IOException">An input cannot be opened or read (also <see cref="UnauthorizedAccessException"/>).</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static CaptureStatistics Of(
        IReadOnlyList<string> inputs, int items = 10, ExportOptions? options = null, IProgress<ExportProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(items, 1);
        if (inputs.Count == 0)
            throw new ArgumentException("At least one input is needed.", nameof(inputs));
        options ??= new ExportOptions();
        options.Check();
        return inputs is [var file] && file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
            ? OfRows(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0), items, cancellation)
            : OfCaptures(inputs, items, options, progress, cancellation);
    }

    private static CaptureStatistics OfRows(Stream rows, int items, CancellationToken cancellation)
    {
        using var csv = new FlowCsvReader(rows);
        var counter = new RowCounter();
        counter.AddAll(csv, cancellation);
        return counter.Result(items);
    }

    // The exporter writes its rows into a pipe, which bounds them, and they are counted at its other end.
    private static CaptureStatistics OfCaptures(
        IReadOnlyList<string> inputs, int items, ExportOptions options, IProgress<ExportProgress>? progress, CancellationToken cancellation)
    {
        var queues = CaptureInputs.Resolve(inputs);
        using var capture = MergedCapture.Open(queues);
        var frames = new FrameCounter();
        capture.Observer = frames;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        var rows = new AnonymousPipeClientStream(PipeDirection.In, server.ClientSafePipeHandle);
        var clock = new ProgressClock(progress, CaptureInputs.TotalBytes(queues));
        var exporting = Task.Run(() => Export(capture, server, options, clock, stop.Token), CancellationToken.None);
        CaptureStatistics? statistics = null;
        try
        {
            statistics = OfRows(rows, items, cancellation);
        }
        catch (InvalidDataException)
        {
            // Rows that break off: the exporter has failed, and tells why below.
        }
        finally
        {
            stop.CancelAfter(statistics is null ? TimeSpan.Zero : Timeout.InfiniteTimeSpan);
            rows.Dispose();
        }
        if (!Task.WhenAny(exporting, Task.Delay(EndDeadline, CancellationToken.None)).GetAwaiter().GetResult().Equals(exporting))
            throw new IOException($"The export did not end within {EndDeadline.TotalSeconds} seconds.");
        var result = exporting.GetAwaiter().GetResult();
        return statistics! with { Frames = frames.Result(result.Packets, result.PacketsWithoutFlow), Problems = result.Problems };
    }

    private static ExportResult Export(MergedCapture capture, AnonymousPipeServerStream output, ExportOptions options, ProgressClock clock, CancellationToken cancellation)
    {
        using (output)
            return new ExportRun(capture, output, options).Execute(clock, cancellation);
    }
}
