// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Tests.Making;

/// <summary>A capture again and again behind itself, later and with other IPv4 addresses each time, so that its flows are new ones.</summary>
internal static class RepeatedCapture
{
    private const int FileHeaderBytes = 24, RecordHeaderBytes = 16;
    private const int SourceAt = 26, DestinationAt = 30; // behind Ethernet without tags
    private const int SecondsApart = 700; // random traffic lasts ten minutes

    /// <param name="capture">A pcap file, little-endian.</param>
    /// <param name="repetitions">How often, at most 65 535.</param>
    /// <param name="to">Takes it.</param>
    public static void Write(byte[] capture, int repetitions, Stream to)
    {
        var copy = (byte[])capture.Clone();
        to.Write(copy, 0, FileHeaderBytes);
        for (var i = 0; i < repetitions; i++)
        {
            for (var at = FileHeaderBytes; at < copy.Length;)
            {
                var record = copy.AsSpan(at);
                BinaryPrimitives.WriteUInt32LittleEndian(record, BinaryPrimitives.ReadUInt32LittleEndian(record) + SecondsApart);
                var frame = record.Slice(RecordHeaderBytes, BinaryPrimitives.ReadInt32LittleEndian(record[8..]));
                if (frame.Length >= DestinationAt + 4 && BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) == 0x0800)
                {
                    Number(capture.AsSpan(at + RecordHeaderBytes), frame, SourceAt, i);
                    Number(capture.AsSpan(at + RecordHeaderBytes), frame, DestinationAt, i);
                }
                at += RecordHeaderBytes + frame.Length;
            }
            to.Write(copy, FileHeaderBytes, copy.Length - FileHeaderBytes);
        }
    }

    private static void Number(ReadOnlySpan<byte> original, Span<byte> frame, int at, int number) =>
        BinaryPrimitives.WriteUInt16BigEndian(frame[at..], (ushort)(BinaryPrimitives.ReadUInt16BigEndian(original[at..]) ^ number));
}
