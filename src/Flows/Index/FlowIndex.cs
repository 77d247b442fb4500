// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Spooling;

namespace Tci.Flows.Index;

/// <summary>Makes flow.idx beside a flow.csv.</summary>
public static class FlowIndex
{
    /// <summary>The index of <see cref="FlowExporter.FileName"/> in the same directory.</summary>
    public const string FileName = "flow.idx";

    /// <summary>
    /// Reads DIRECTORY/flow.csv once and writes DIRECTORY/flow.idx, in memory of about 200 MiB at most whatever the size;
    /// temporary files lie in the same directory. The old index stays until the new one is complete.
    /// </summary>
    /// <param name="directory">Where flow.csv is.</param>
    /// <param name="progress">Told now and then; may be null.</param>
    /// <param name="cancellation">Ends the work; nothing is left behind.</param>
    /// <returns>The rows of the table.</returns>
    /// <exception cref="InvalidDataException">flow.csv is damaged or of another form; the message says where.</exception>
    /// <exception cref="IOException">A file cannot be read or written, or another process is making the index.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static long Build(string directory, IProgress<FlowIndexProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var finished = Path.Combine(directory, FileName);
        var part = finished + ".part";
        using var csv = new FileStream(Path.Combine(directory, FlowExporter.FileName), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        // Not shared: a second builder is refused here; what a killed one left is overwritten.
        using var output = new FileStream(part, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        try
        {
            long rows;
            using (var build = new IndexBuild(csv, output, () => SpoolFile.Open(directory)))
                rows = build.Run(progress, cancellation);
            output.Flush();
            File.Move(part, finished, overwrite: true);
            return rows;
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }
}
