// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.EndToEnd.Stage;

/// <summary>Writes capture files for points with a <c>pcap:</c> source: UDP packets with their number, as a <see cref="Sender"/> sends them.</summary>
public static class SampleFile
{
    private const int Headers = 14 + 20 + 8;
    private const int Payload = 58;

    /// <summary>Bytes of a record.</summary>
    public const int RecordSize = 16 + Headers + Payload;

    /// <summary>Bytes before the first record.</summary>
    public const int HeaderSize = 24;

    /// <param name="everyMs">Between two packets' time stamps: the pace at which the engine replays them.</param>
    /// <param name="cutBytes">Missing at the end.</param>
    public static string Write(string folder, int packets, int everyMs = 1, int cutBytes = 0, string name = "sample.pcap")
    {
        var file = new byte[HeaderSize + (packets * RecordSize)];
        new byte[] { 0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0 }.CopyTo(file, 0);
        for (var i = 0; i < packets; i++) Record(file.AsSpan(HeaderSize + (i * RecordSize), RecordSize), i, everyMs);
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, file[..^cutBytes]);
        return path;
    }

    private static void Record(Span<byte> record, int number, int everyMs)
    {
        BinaryPrimitives.WriteInt32LittleEndian(record, 1_790_000_000 + (number * everyMs / 1000));
        BinaryPrimitives.WriteInt32LittleEndian(record[4..], number * everyMs % 1000 * 1000);
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], Headers + Payload);
        BinaryPrimitives.WriteInt32LittleEndian(record[12..], Headers + Payload);
        var frame = record[16..];
        new byte[] { 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0, 0x45, 0 }.CopyTo(frame);
        BinaryPrimitives.WriteUInt16BigEndian(frame[16..], Headers + Payload - 14);
        new byte[] { 64, 17 }.CopyTo(frame[22..]);
        new byte[] { 192, 0, 2, 1, 192, 0, 2, 2 }.CopyTo(frame[26..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[34..], 40000);
        BinaryPrimitives.WriteUInt16BigEndian(frame[36..], 5001);
        BinaryPrimitives.WriteUInt16BigEndian(frame[38..], 8 + Payload);
        BinaryPrimitives.WriteInt32BigEndian(frame[42..], number);
    }
}
