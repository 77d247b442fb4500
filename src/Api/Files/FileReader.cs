// SPDX-License-Identifier: BSD-3-Clause
using Microsoft.Extensions.Logging;
using Tci.Contracts;

namespace Tci.Api.Files;

/// <summary>Opens and reads files on probes, with a deadline on every wait. What goes wrong is a <see cref="DownloadBrokenException"/>.</summary>
internal sealed class FileReader(IDataSetFiles files, ApiOptions options, TimeProvider clock, ILogger<FileReader> log)
{
    public async Task<Stream> Open(FileSegment file, long offset, CancellationToken cancel)
    {
        var opening = files.Open(file.Capture, file.Path, offset, cancel);
        Answer<Stream> answer;
        try
        {
            answer = await opening.WaitAsync(options.FileOpenDeadline, clock, cancel);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException or IOException)
        {
            // Whatever is opened after nobody waits any more is closed again.
            _ = opening.ContinueWith(late => late.Result.Value?.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            cancel.ThrowIfCancellationRequested();
            throw Broken(file, new Problem(ProblemCodes.Unreachable, e.Message));
        }

        return answer.Ok ? answer.Value : throw Broken(file, answer.Problem!);
    }

    /// <summary>At least one byte; that there is none is the file's end before its time.</summary>
    public async Task<int> Read(FileSegment file, Stream stream, Memory<byte> buffer, CancellationToken cancel)
    {
        using var deadline = new CancellationTokenSource(options.FileReadDeadline, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            var read = await stream.ReadAsync(buffer, stop.Token);
            return read > 0 ? read : throw Broken(file, new Problem(ProblemCodes.CaptureLost, $"it is shorter than {file.Length} bytes"));
        }
        catch (Exception e) when (e is IOException and not DownloadBrokenException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw Broken(file, new Problem(ProblemCodes.Unreachable, e.Message));
        }
    }

    private DownloadBrokenException Broken(FileSegment file, Problem problem)
    {
        Log.FileNotReadable(log, file.Capture, file.Path, problem.Message);
        var isGone = problem.Code is ProblemCodes.NotFound or ProblemCodes.CaptureLost;
        return new DownloadBrokenException(isGone
            ? new Problem(ProblemCodes.CaptureLost, $"The file '{file.Path}' of {file.Capture} is missing or incomplete on the probe {file.Capture.Probe}. Ask its administrator.")
            : new Problem(ProblemCodes.Unreachable, $"The file '{file.Path}' of {file.Capture} cannot be read from the probe {file.Capture.Probe} now. Try again later."));
    }
}
