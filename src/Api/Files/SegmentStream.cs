// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Api.Files;

/// <summary>
/// Segments as one stream that can be read from any position, in constant memory. It never ends early: a file that does is an exception, so that a
/// download is cut off and not silently short.
/// </summary>
internal sealed class SegmentStream : Stream
{
    private readonly IReadOnlyList<Segment> _segments;
    private readonly long[] _begins;
    private readonly FileReader _files;
    private Stream? _open;
    private int _openIndex = -1;
    private long _openPosition;

    public SegmentStream(IReadOnlyList<Segment> segments, FileReader files)
    {
        (_segments, _files) = (segments, files);
        _begins = new long[segments.Count];
        for (var i = 0; i < segments.Count; i++)
        {
            _begins[i] = Length;
            Length += segments[i].Length;
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position { get; set; }

    /// <summary>Sees whether every file between two positions is there and long enough, before a byte is sent.</summary>
    /// <exception cref="DownloadBrokenException">One is not.</exception>
    public async Task Look(long first, long last, CancellationToken cancel)
    {
        for (var i = 0; i < _segments.Count; i++)
        {
            if (_segments[i] is not FileSegment { Length: > 0 } file || _begins[i] > last || _begins[i] + file.Length <= first) continue;
            var lastNeeded = Math.Min(last, _begins[i] + file.Length - 1) - _begins[i];
            await using var stream = await _files.Open(file, lastNeeded, cancel);
            await _files.Read(file, stream, new byte[1], cancel);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= Length || buffer.IsEmpty) return 0;
        var index = IndexAt(Position);
        var within = Position - _begins[index];
        var count = (int)Math.Min(buffer.Length, _segments[index].Length - within);
        var read = _segments[index] switch
        {
            BytesSegment bytes => Copy(bytes, within, buffer[..count]),
            FileSegment file => await ReadFile(file, index, within, buffer[..count], cancellationToken),
            var other => throw new NotSupportedException(other.ToString()),
        };
        Position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Downloads are read asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override async ValueTask DisposeAsync()
    {
        if (_open is not null) await _open.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _open?.Dispose();
        base.Dispose(disposing);
    }

    private static int Copy(BytesSegment segment, long within, Memory<byte> target)
    {
        segment.Bytes.Slice((int)within, target.Length).CopyTo(target);
        return target.Length;
    }

    private async Task<int> ReadFile(FileSegment file, int index, long within, Memory<byte> target, CancellationToken cancel)
    {
        if (_openIndex != index || _openPosition != within)
        {
            if (_open is not null) await _open.DisposeAsync();
            _open = null;
            _open = await _files.Open(file, within, cancel);
            (_openIndex, _openPosition) = (index, within);
        }

        var read = await _files.Read(file, _open!, target, cancel);
        _openPosition += read;
        return read;
    }

    // The last segment that begins at or before the position; empty ones before it share its begin and are passed over.
    private int IndexAt(long position)
    {
        var found = Array.BinarySearch(_begins, position);
        var index = found >= 0 ? found : ~found - 1;
        while (position >= _begins[index] + _segments[index].Length) index++;
        return index;
    }
}
