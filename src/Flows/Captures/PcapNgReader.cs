// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Captures;

/// <summary>
/// The pcapng format (draft-ietf-opsawg-pcapng): several sections, several interfaces, enhanced, simple and
/// obsolete packet blocks. Every other block is skipped.
/// </summary>
internal sealed class PcapNgReader(string name, ByteWindow window) : CaptureReader(name, window)
{
    public const uint SectionHeader = 0x0A0D0D0A;
    public const uint ByteOrderMagic = 0x1A2B3C4D;
    private const uint InterfaceDescription = 1;
    private const uint ObsoletePacket = 2;
    private const uint SimplePacket = 3;
    private const uint EnhancedPacket = 6;
    private const int MinBlockBytes = 12;
    private const int MaxInterfaces = 65_536;
    private const int MaxInterfaceBlockBytes = 65_536;

    private readonly List<PcapNgInterface> interfaces = [];
    private bool bigEndian;

    // What of the current packet's block lies behind the captured bytes: padding, options, the repeated length.
    private long blockRest;

    /// <inheritdoc/>
    protected override bool ReadFrame()
    {
        if (!Window.TrySkip(blockRest))
            return Fail("ends inside a block");
        blockRest = 0;
        while (true)
        {
            if (!Window.TryPeek(MinBlockBytes, out var head))
                return !Window.AtEnd && Fail("ends inside a block header");
            var type = BinaryPrimitives.ReadUInt32LittleEndian(head);
            if (type == SectionHeader && !StartSection(head))
                return false;
            type = U32(head);
            var length = U32(head[4..]);
            if (length < MinBlockBytes || length % 4 != 0)
                return Fail($"a block of {length} bytes cannot be");
            switch (type)
            {
                case EnhancedPacket or ObsoletePacket:
                    return ReadPacket(type, length);
                case SimplePacket:
                    return ReadSimplePacket(length);
                case InterfaceDescription when !AddInterface(length):
                    return false;
            }
            if (!Window.TrySkip(length))
                return Fail($"ends inside a block of {length} bytes");
        }
    }

    private bool StartSection(ReadOnlySpan<byte> head)
    {
        var magic = BinaryPrimitives.ReadUInt32LittleEndian(head[8..]);
        if (magic != ByteOrderMagic && magic != BinaryPrimitives.ReverseEndianness(ByteOrderMagic))
            return Fail("a section header without its byte-order magic");
        bigEndian = magic != ByteOrderMagic;
        interfaces.Clear();
        return true;
    }

    private bool AddInterface(uint length)
    {
        if (length is < 20 or > MaxInterfaceBlockBytes || interfaces.Count >= MaxInterfaces)
            return Fail($"an interface description of {length} bytes, or too many interfaces");
        if (!Window.TryPeek((int)length, out var block))
            return Fail("ends inside an interface description");
        var units = PcapNgInterface.DefaultUnitsPerSecond;
        var offset = 0L;
        var options = block[16..^4];
        while (options.Length >= 4)
        {
            int code = U16(options), size = U16(options[2..]);
            if (code == 0 || options.Length < 4 + size)
                break;
            if (code == 9 && size >= 1)
                units = PcapNgInterface.FromResolution(options[4]);
            if (code == 14 && size >= 8)
                offset = (long)U64(options[4..]);
            options = options[Math.Min(options.Length, 4 + ((size + 3) & ~3))..];
        }
        if (units == 0)
            return Fail("an interface with a timestamp resolution finer than 64 bits can count");
        var link = (LinkType)U16(block[8..]);
        if (!LinkTypes.IsKnown(link))
            Note($"link type {(ushort)link} of interface {interfaces.Count} is not supported, its packets are left out");
        interfaces.Add(new PcapNgInterface(link, U32(block[12..]), units, offset));
        return true;
    }

    private bool ReadPacket(uint type, uint length)
    {
        const int HeaderBytes = 28;
        if (length < HeaderBytes + 4 || !Window.TryPeek(HeaderBytes, out var head))
            return Fail("ends inside a packet block");
        // The obsolete block has a 16-bit interface and a drop count where the enhanced one has 32 bits of interface.
        var id = type == EnhancedPacket ? U32(head[8..]) : U16(head[8..]);
        if (id >= interfaces.Count)
            return Fail($"a packet of interface {id}, which was not described");
        var source = interfaces[(int)id];
        var units = ((ulong)U32(head[12..]) << 32) | U32(head[16..]);
        var time = source.ToMicroseconds(units);
        if (time < 0 || time > MaxTimeMicroseconds)
            return Fail("a timestamp before 1970 or after the year 9999");
        TimeMicroseconds = (long)time;
        NanosecondsRest = source.NanosecondsRest(units);
        Link = source.Link;
        WireBytes = U32(head[24..]);
        return TakeFrame(HeaderBytes, U32(head[20..]), length);
    }

    private bool ReadSimplePacket(uint length)
    {
        const int HeaderBytes = 12;
        if (length < HeaderBytes + 4 || interfaces.Count == 0 || !Window.TryPeek(HeaderBytes, out var head))
            return Fail("a simple packet block without interface, or cut off");
        Link = interfaces[0].Link;
        WireBytes = U32(head[8..]);
        TimeMicroseconds = 0; // the format gives these packets no time
        var snap = interfaces[0].SnapBytes;
        return TakeFrame(HeaderBytes, snap == 0 ? WireBytes : Math.Min(snap, WireBytes), length);
    }

    private bool TakeFrame(int headerBytes, uint captured, uint blockBytes)
    {
        if (captured > MaxFrameBytes || captured > blockBytes - headerBytes - 4)
            return Fail($"a packet of {captured} bytes in a block of {blockBytes}");
        if (!Window.TryPeek(headerBytes + (int)captured, out _))
            return Fail($"ends inside a packet of {captured} bytes");
        SetFrame(headerBytes, (int)captured);
        blockRest = blockBytes - headerBytes - captured;
        return true;
    }

    private ushort U16(ReadOnlySpan<byte> b) => bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(b) : BinaryPrimitives.ReadUInt16LittleEndian(b);

    private uint U32(ReadOnlySpan<byte> b) => bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(b) : BinaryPrimitives.ReadUInt32LittleEndian(b);

    private ulong U64(ReadOnlySpan<byte> b) => bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(b) : BinaryPrimitives.ReadUInt64LittleEndian(b);
}
