// SPDX-License-Identifier: BSD-3-Clause
using Tci.Contracts;

namespace Tci.Probe.Files;

/// <summary>Opens finished files of this probe's captures, and nothing else on its disk.</summary>
internal sealed class DataSetFiles(CaptureDirectories directories) : IDataSetFiles
{
    private const int PathLengthMax = 512;

    public Task<Answer<Stream>> Open(CaptureId capture, string path, long offset, CancellationToken cancel)
    {
        var directory = directories.Of(capture);
        if (!directory.Ok) return Task.FromResult<Answer<Stream>>(directory.Problem);
        return Task.FromResult(Locate(directory.Value.Data, path) is { } file ? OpenAt(file, path, offset) : Missing(path));
    }

    // The path of a plain file inside the folder; null for anything else. A link could lead out of it, so none is followed.
    internal static string? Locate(string folder, string path)
    {
        if (path.Length > PathLengthMax || path.Contains('\0', StringComparison.Ordinal) || new FileInfo(folder).LinkTarget is not null) return null;
        var place = folder;
        foreach (var part in path.Split('/'))
        {
            if (part is "" or "." or "..") return null;
            place = Path.Combine(place, part);
            if (new FileInfo(place).LinkTarget is not null) return null;
        }
        return File.Exists(place) ? place : null;
    }

    private static Answer<Stream> OpenAt(string file, string path, long offset)
    {
        try
        {
            // Who reads brings a buffer that is large enough; another in between would be a copy of every byte.
            var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            if (offset >= 0 && offset <= stream.Length)
            {
                stream.Position = offset;
                return stream;
            }
            var size = stream.Length;
            stream.Dispose();
            return new Problem(ProblemCodes.InvalidRequest, $"{path} has {size} bytes; it cannot be read from byte {offset}.", Field: "offset");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Missing(path);
        }
    }

    private static Answer<Stream> Missing(string path) =>
        new Problem(ProblemCodes.NotFound, $"There is no file {(path.Length <= 80 ? path : path[..80] + "…")} in this capture.");
}
