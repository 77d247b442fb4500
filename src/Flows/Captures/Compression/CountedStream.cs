// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Captures.Compression;

/// <summary>Counts what is read of an input as it is stored, so that progress is right for compressed ones; and can show its first bytes before they are read.</summary>
internal sealed class CountedStream(Stream stream) : ForwardStream
{
    private readonly byte[] head = new byte[8];
    private int headStart;
    private int headEnd;
    private long count;

    /// <summary>Bytes read so far. May be asked from another thread.</summary>
    public long Count => Volatile.Read(ref count);

    /// <summary>Up to so many of the first bytes; fewer when the stream is shorter. Call before anything was read.</summary>
    public ReadOnlySpan<byte> Head(int bytes)
    {
        while (headEnd < bytes)
        {
            var read = stream.Read(head, headEnd, bytes - headEnd);
            if (read == 0)
                break;
            headEnd += read;
        }
        return head.AsSpan(0, Math.Min(bytes, headEnd));
    }

    public override int Read(Span<byte> buffer)
    {
        var read = Math.Min(headEnd - headStart, buffer.Length);
        if (read > 0)
        {
            head.AsSpan(headStart, read).CopyTo(buffer);
            headStart += read;
        }
        else
        {
            read = stream.Read(buffer);
        }
        Volatile.Write(ref count, count + read);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        stream.Dispose();
        base.Dispose(disposing);
    }
}
