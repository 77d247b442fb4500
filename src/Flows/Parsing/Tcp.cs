// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Parsing;

/// <summary>The TCP header and its options (RFC 9293, section 3.1).</summary>
internal static class Tcp
{
    public const byte Fin = 0x01;
    public const byte Syn = 0x02;
    public const byte Rst = 0x04;

    private const int MinHeaderBytes = 20;
    private const byte EndOfOptions = 0;
    private const byte NoOperation = 1;
    private const byte MaximumSegmentSize = 2;

    /// <summary>Returns the header's length in bytes; -1 when it is cut off or broken, which drops the packet.</summary>
    public static int Parse(ReadOnlySpan<byte> segment, ExportMode mode, ref Packet packet)
    {
        if (segment.Length < MinHeaderBytes)
            return -1;
        var headerBytes = (segment[12] >> 4) * 4;
        if (headerBytes < MinHeaderBytes || headerBytes > segment.Length)
            return -1;
        packet.SourcePort = BinaryPrimitives.ReadUInt16BigEndian(segment);
        packet.DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(segment[2..]);
        packet.TcpSequence = BinaryPrimitives.ReadUInt32BigEndian(segment[4..]);
        packet.TcpAcknowledgement = BinaryPrimitives.ReadUInt32BigEndian(segment[8..]);
        packet.TcpFlags = segment[13];
        packet.TcpWindow = BinaryPrimitives.ReadUInt16BigEndian(segment[14..]);
        return headerBytes == MinHeaderBytes || ParseOptions(segment, headerBytes, mode, ref packet) ? headerBytes : -1;
    }

    private static bool ParseOptions(ReadOnlySpan<byte> segment, int headerBytes, ExportMode mode, ref Packet packet)
    {
        var at = MinHeaderBytes;
        while (at < headerBytes)
        {
            var kind = segment[at];
            if (at + 1 >= headerBytes)
                return kind <= NoOperation;
            packet.TcpOptions |= OptionBit(kind);
            if (kind == EndOfOptions)
                return true;
            if (kind == MaximumSegmentSize)
                packet.TcpMss = mode == ExportMode.Compatible ? FourBytes(segment, at + 2) : TwoBytes(segment, at + 2);
            var length = kind == NoOperation ? 1 : segment[at + 1];
            if (length == 0)
                return false;
            at += length;
        }
        return true;
    }

    /// <summary>tcpOptions (IPFIX element 209): one bit per kind, reversed inside each byte; kinds above 63 wrap around.</summary>
    private static ulong OptionBit(byte kind) => 1UL << ((kind & 0xF8) + (7 - (kind & 7)));

    private static uint TwoBytes(ReadOnlySpan<byte> segment, int at) =>
        at + 2 <= segment.Length ? BinaryPrimitives.ReadUInt16BigEndian(segment[at..]) : 0u;

    /// <summary>
    /// The data set's TCP_MSS is the four bytes at the option's value, so two of them belong to what follows.
    /// Bytes beyond the captured ones count as zero.
    /// </summary>
    private static uint FourBytes(ReadOnlySpan<byte> segment, int at)
    {
        Span<byte> four = stackalloc byte[4];
        four.Clear();
        var tail = segment[Math.Min(at, segment.Length)..];
        tail[..Math.Min(4, tail.Length)].CopyTo(four);
        return BinaryPrimitives.ReadUInt32BigEndian(four);
    }
}
