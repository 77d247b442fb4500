// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using Tci.Flows.Captures;

namespace Tci.Flows.Merging;

/// <summary>Writes any captures, merged by time, as one pcap: little endian, nanoseconds.</summary>
internal static class PcapWriter
{
    private const int RecordHeaderBytes = 16;
    private const int BufferBytes = 1 << 20;
    private const int PacketsBetweenChecks = 4096;

    /// <summary>Writes what comes before the damage of damaged inputs, and returns the number of packets.</summary>
    /// <exception cref="InvalidDataException">Frames of several link types, or a time after 2106, which pcap cannot hold.</exception>
    public static long Write(MergedCapture capture, Stream output, CancellationToken cancellation)
    {
        // Not disposed: that would close the output.
        var buffer = new BufferedStream(output, BufferBytes);
        LinkType? link = null;
        var packets = 0L;
        while (capture.Read())
        {
            var reader = capture.Current;
            if (link is null)
                WriteHeader(buffer, reader.Link);
            link ??= reader.Link;
            if (link != reader.Link)
                throw new InvalidDataException($"{reader.Name} has frames of link type {(ushort)reader.Link}, those before it have {(ushort)link}: one pcap cannot hold both.");
            WriteRecord(buffer, reader);
            if (++packets % PacketsBetweenChecks == 0)
                cancellation.ThrowIfCancellationRequested();
        }
        if (link is null)
            WriteHeader(buffer, LinkType.Ethernet);
        buffer.Flush();
        return packets;
    }

    private static void WriteHeader(Stream output, LinkType link)
    {
        Span<byte> header = stackalloc byte[PcapQueue.FileHeaderBytes];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, PcapQueue.MagicNanoseconds);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], CaptureReader.MaxFrameBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], (uint)link);
        output.Write(header);
    }

    private static void WriteRecord(Stream output, CaptureReader reader)
    {
        var (seconds, fraction) = Math.DivRem(reader.TimeMicroseconds, 1_000_000);
        if (seconds > uint.MaxValue)
            throw new InvalidDataException($"{reader.Name} has a packet of a time after 2106, which a pcap cannot hold.");
        var frame = reader.Frame;
        Span<byte> header = stackalloc byte[RecordHeaderBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)seconds);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)((fraction * 1000) + reader.NanosecondsRest));
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], (uint)frame.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], reader.WireBytes);
        output.Write(header);
        output.Write(frame);
    }
}
