// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.ExceptionServices;
using Tci.Flows.Captures;
using Tci.Flows.Table;

namespace Tci.Flows;

/// <summary>
/// One export by several threads. Each opens the inputs for itself and reads all of them, which costs less than handing
/// packets over, and writes a file of its own; these are joined at the end. The first one's file is the output.
/// </summary>
/// <param name="open">Opens the inputs anew.</param>
/// <param name="options">Checked before.</param>
internal sealed class SharedExport(Func<MergedCapture> open, ExportOptions options)
{
    /// <exception cref="OperationCanceledException">Cancelled; also when another thread failed, which is then thrown.</exception>
    public ExportResult Execute(string path, ProgressClock clock, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var results = new ExportResult?[options.Threads];
        var failures = new Exception?[options.Threads];
        var threads = Enumerable.Range(1, options.Threads - 1).Select(number => new Thread(() => Run(number)) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        Run(0);
        threads.ForEach(thread => thread.Join());
        try
        {
            Array.Find(failures, failure => failure is not (null or OperationCanceledException))?.Rethrow();
            Array.Find(failures, failure => failure is not null)?.Rethrow();
            Join(path, results!);
        }
        finally
        {
            for (var number = 1; number < options.Threads; number++)
                File.Delete(PartOf(path, number));
        }
        return Sum(results!, clock);

        void Run(int number)
        {
            try
            {
                results[number] = RunShare(PartOf(path, number), number, number == 0 ? clock : new ProgressClock(null, 0), stop.Token);
            }
            catch (Exception failure)
            {
                failures[number] = failure;
                stop.Cancel();
            }
        }
    }

    private static string PartOf(string path, int number) => number == 0 ? path : $"{path}.{number}";

    private ExportResult RunShare(string path, int number, ProgressClock clock, CancellationToken cancellation)
    {
        using var capture = open();
        using var output = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        return new ExportRun(capture, output, options, new FlowShare(number, options.Threads)).Execute(clock, cancellation);
    }

    /// <summary>Appends the other files to the first; a header must come first even where the first share has no flow.</summary>
    private void Join(string path, ExportResult[] results)
    {
        using var output = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        if (results[0].Flows == 0 && results.Sum(result => result.Flows) > 0)
            output.Write(Csv.ColumnList.Header(Csv.ColumnList.Of(options)));
        for (var number = 1; number < options.Threads; number++)
        {
            using var part = File.OpenRead(PartOf(path, number));
            part.CopyTo(output);
        }
    }

    /// <summary>Every thread read every packet; everything else was shared.</summary>
    private static ExportResult Sum(ExportResult[] results, ProgressClock clock) => results[0] with
    {
        PacketsWithoutFlow = results.Sum(result => result.PacketsWithoutFlow),
        Flows = results.Sum(result => result.Flows),
        Elapsed = clock.Elapsed,
        StreamsGivenUp = results.Sum(result => result.StreamsGivenUp),
    };
}

/// <summary>Throws an exception of another thread with the place it came from.</summary>
file static class Rethrowing
{
    public static void Rethrow(this Exception failure) => ExceptionDispatchInfo.Throw(failure);
}
