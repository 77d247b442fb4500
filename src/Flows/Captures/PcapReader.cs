// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Captures;

/// <summary>The classic pcap format, microseconds and nanoseconds, both byte orders (draft-ietf-opsawg-pcap).</summary>
internal sealed class PcapReader : CaptureReader
{
    public const uint MagicMicroseconds = 0xA1B2C3D4;
    public const uint MagicNanoseconds = 0xA1B23C4D;
    private const int FileHeaderBytes = 24;
    private const int RecordHeaderBytes = 16;

    private readonly bool bigEndian;
    private readonly bool nanoseconds;
    private readonly bool usable;

    /// <summary>Takes a window at the beginning of a file whose magic number was recognised.</summary>
    public PcapReader(string name, ByteWindow window, uint magic, bool bigEndian)
        : base(name, window)
    {
        this.bigEndian = bigEndian;
        nanoseconds = magic == MagicNanoseconds;
        if (!window.TryPeek(FileHeaderBytes, out var header))
        {
            Fail("ends inside the file header");
            return;
        }
        // The upper bits of the link-type word say how long the frame check sequence is.
        Link = (LinkType)(U32(header[20..]) & 0xFFFF);
        usable = true;
        window.Advance(FileHeaderBytes);
        if (!LinkTypes.IsKnown(Link))
            Note($"link type {(ushort)Link} is not supported, its packets are left out");
    }

    /// <inheritdoc/>
    protected override bool ReadFrame()
    {
        if (!usable)
            return false;
        if (!Window.TryPeek(RecordHeaderBytes, out var header))
            return !Window.AtEnd && Fail("ends inside a packet header");
        // A header of zeros is space that was reserved and never written, as a killed engine leaves it.
        if (!header.ContainsAnyExcept((byte)0))
            return Fail("only zeros follow");
        var captured = U32(header[8..]);
        if (captured > MaxFrameBytes)
            return Fail($"a packet of {captured} bytes is longer than {MaxFrameBytes}");
        var fraction = U32(header[4..]);
        TimeMicroseconds = (U32(header) * 1_000_000L) + (nanoseconds ? fraction / 1000 : fraction);
        NanosecondsRest = nanoseconds ? (int)(fraction % 1000) : 0;
        WireBytes = U32(header[12..]);
        if (!Window.TryPeek(RecordHeaderBytes + (int)captured, out _))
            return Fail($"ends inside a packet of {captured} bytes");
        SetFrame(RecordHeaderBytes, (int)captured);
        return true;
    }

    /// <inheritdoc/>
    public override bool TryPeekAhead(ref int offset, out ReadOnlySpan<byte> frame)
    {
        frame = default;
        var at = FrameEnd + offset;
        if (!Window.TryPeekRead(at, RecordHeaderBytes, out var header) || U32(header[8..]) is var captured && captured > MaxFrameBytes)
            return false;
        offset += RecordHeaderBytes + (int)captured;
        return Window.TryPeekRead(at + RecordHeaderBytes, (int)captured, out frame);
    }

    private uint U32(ReadOnlySpan<byte> bytes) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
