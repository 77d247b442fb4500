// SPDX-License-Identifier: BSD-3-Clause
using Tci.Flows.Captures.Compression;

namespace Tci.Flows.Captures;

/// <summary>
/// Reads the frames of one capture file in file order. After <see cref="Read"/> returned true, the
/// properties describe that frame until the next call.
/// </summary>
internal abstract class CaptureReader(string name, ByteWindow window) : IDisposable
{
    // libpcap's own limit (MAXIMUM_SNAPLEN): a longer frame is a sign of damage, not a frame.
    public const int MaxFrameBytes = 262_144;

    // The last microsecond of the year 9999, in microseconds since 1970.
    protected const long MaxTimeMicroseconds = 253_402_300_799_999_999;

    private int frameStart;
    private int frameLength;

    public string Name { get; } = name;

    /// <summary>Microseconds since 1970, rounded down.</summary>
    public long TimeMicroseconds { get; protected set; }

    /// <summary>What rounding down took from the time, 0 to 999 nanoseconds.</summary>
    public int NanosecondsRest { get; protected set; }

    public LinkType Link { get; protected set; }

    /// <summary>The frame's length on the wire in bytes; the captured part may be shorter.</summary>
    public uint WireBytes { get; protected set; }

    public long Packets { get; private set; }

    /// <summary>Bytes of the input consumed so far, as it is stored: of a compressed one, compressed bytes.</summary>
    public long InputBytes => Stored?.Count ?? Position;

    /// <summary>What the capture is decoded from; null where it is read as it is.</summary>
    public CountedStream? Stored { get; init; }

    /// <summary>What is wrong with the file, in words; null while nothing is.</summary>
    public string? Problem { get; private set; }

    protected ByteWindow Window { get; } = window;

    /// <summary>Where the current frame ends in the capture itself, decoded.</summary>
    public long Position => Window.Position + frameStart + frameLength;

    /// <summary>The captured bytes.</summary>
    public ReadOnlySpan<byte> Frame
    {
        get
        {
            Window.TryPeek(frameStart + frameLength, out var bytes);
            return bytes[frameStart..];
        }
    }

    /// <summary>Moves to the next frame; false at the end of the file or where it is damaged (then <see cref="Problem"/> says how).</summary>
    public bool Read()
    {
        Window.Advance(frameStart + frameLength);
        frameStart = frameLength = 0;
        if (!ReadFrame())
        {
            // The decoder knows better than the reader why there is no more.
            if (Window.Damage is { } damage)
                Fail(damage);
            return false;
        }
        Packets++;
        return true;
    }

    /// <summary>Shows a frame that comes later if it is in memory already; a hint, for no reader has to know.</summary>
    /// <param name="offset">Bytes behind the current frame, 0 at first; is moved behind the one shown.</param>
    /// <param name="frame">Valid until the next call of <see cref="Read"/>.</param>
    public virtual bool TryPeekAhead(ref int offset, out ReadOnlySpan<byte> frame)
    {
        frame = default;
        return false;
    }

    public void Dispose()
    {
        Window.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Finds the next frame, calls <see cref="SetFrame"/> and sets the properties; false at the end or after <see cref="Fail"/>.</summary>
    protected abstract bool ReadFrame();

    /// <summary>Where the current frame ends, from the window's position.</summary>
    protected int FrameEnd => frameStart + frameLength;

    /// <summary>The frame lies <paramref name="start"/> bytes from the window's position and has been peeked.</summary>
    protected void SetFrame(int start, int length)
    {
        frameStart = start;
        frameLength = length;
    }

    /// <summary>Records damage and ends the file here.</summary>
    protected bool Fail(string problem)
    {
        Problem = $"{problem} (after {Packets} packets, at byte {Window.Position})";
        return false;
    }

    /// <summary>Records something the file has and the exporter does not read; reading goes on.</summary>
    protected void Note(string problem) => Problem ??= problem;
}
