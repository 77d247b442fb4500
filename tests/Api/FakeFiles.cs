// SPDX-License-Identifier: BSD-3-Clause
using System.Collections.Concurrent;
using Tci.Contracts;

namespace Tci.Api.Tests;

/// <summary>Files of probes, in memory; a test may take some away, cut them short or hold them back.</summary>
internal sealed class FakeFiles : IDataSetFiles
{
    private int _opened;

    public ConcurrentDictionary<string, byte[]> Content { get; } = new();

    /// <summary>How often a file was opened.</summary>
    public int Opened => _opened;

    /// <summary>Answers instead of the files.</summary>
    public Problem? Problem { get; set; }

    /// <summary>Wraps what is handed out.</summary>
    public Func<Stream, Stream> Wrap { get; set; } = s => s;

    public static string Key(CaptureId capture, string path) => $"{capture}:{path}";

    public Task<Answer<Stream>> Open(CaptureId capture, string path, long offset, CancellationToken cancel)
    {
        Interlocked.Increment(ref _opened);
        if (Problem is not null) return FakeGrains.Answers<Stream>(Problem);
        if (!Content.TryGetValue(Key(capture, path), out var bytes)) return FakeGrains.Answers<Stream>(new Problem(ProblemCodes.NotFound, "There is no such file."));
        var stream = new MemoryStream(bytes, writable: false) { Position = Math.Min(offset, bytes.Length) };
        // Answer<T> converts from T itself only, and Stream is not MemoryStream.
        return FakeGrains.Answers(new Answer<Stream>(Wrap(stream), null));
    }
}
