// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.CompilerServices;

namespace Tci.Flows.Captures;

/// <summary>
/// A window of fixed size that moves forward over a stream. Readers look at bytes in place;
/// a span stays valid until the next call that may move the window.
/// </summary>
internal sealed class ByteWindow(Stream stream, int capacityBytes = ByteWindow.DefaultCapacityBytes) : IDisposable
{
    // Large enough for the largest frame a reader accepts.
    public const int DefaultCapacityBytes = 1 << 20;

    // Read at a time: what was just read is looked at while it is in the second-level cache, and leaves room there for the table.
    private const int ReadBytes = 128 * 1024;

    private readonly byte[] buffer = new byte[capacityBytes];
    private int start;
    private int end;
    private bool streamEnded;

    /// <summary>Bytes consumed so far, from the beginning of the stream.</summary>
    public long Position { get; private set; }

    /// <summary>Why the stream ended before its time, in words: what it was decoded from is damaged. Null while it is not.</summary>
    public string? Damage { get; private set; }

    /// <summary>Whether nothing is left. May read from the stream.</summary>
    public bool AtEnd => !TryPeek(1, out _);

    /// <summary>Shows the next <paramref name="count"/> bytes without consuming them; false when the stream ends before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPeek(int count, out ReadOnlySpan<byte> bytes)
    {
        if (end - start < count && !Fill(count))
        {
            bytes = default;
            return false;
        }
        bytes = buffer.AsSpan(start, count);
        return true;
    }

    /// <summary>Shows bytes farther ahead if they were read already; never reads, so nothing moves.</summary>
    public bool TryPeekRead(int offset, int count, out ReadOnlySpan<byte> bytes)
    {
        var isThere = end - start - offset >= count;
        bytes = isThere ? buffer.AsSpan(start + offset, count) : default;
        return isThere;
    }

    /// <summary>Consumes bytes that were peeked.</summary>
    public void Advance(int count)
    {
        start += count;
        Position += count;
    }

    /// <summary>Consumes bytes unseen; false when the stream ends before.</summary>
    public bool TrySkip(long count)
    {
        while (count > 0)
        {
            if (start == end && !Fill(1))
                return false;
            var step = (int)Math.Min(count, end - start);
            Advance(step);
            count -= step;
        }
        return true;
    }

    public void Dispose() => stream.Dispose();

    private bool Fill(int count)
    {
        if (count > buffer.Length)
            return false;
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }
        while (end < count && !streamEnded)
        {
            var read = ReadStream();
            end += read;
            streamEnded = read == 0;
        }
        return end >= count;
    }

    private int ReadStream()
    {
        try
        {
            return stream.Read(buffer, end, Math.Min(ReadBytes, buffer.Length - end));
        }
        catch (InvalidDataException error)
        {
            Damage = error.Message;
            return 0;
        }
    }
}
