// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Probe.Tests.Stage;

/// <summary>Small pcap files as the engine writes them.</summary>
internal static class PcapText
{
    public const int HeaderBytes = 24;
    public const int RecordHeaderBytes = 16;

    public static byte[] Header(uint link = 1, uint magic = 0xA1B23C4D)
    {
        var header = new byte[HeaderBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(header, magic);
        header[4] = 2;
        header[6] = 4;
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), 262144);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(20), link);
        return header;
    }

    /// <summary>A packet whose bytes are all the mark.</summary>
    public static byte[] Record(long unixNs, byte mark, int bytes = 60) => Record(unixNs, [.. Enumerable.Repeat(mark, bytes)]);

    public static byte[] Record(long unixNs, byte[] frame)
    {
        var record = new byte[RecordHeaderBytes + frame.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)(unixNs / 1_000_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(4), (uint)(unixNs % 1_000_000_000));
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(8), frame.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(12), frame.Length);
        frame.CopyTo(record, RecordHeaderBytes);
        return record;
    }

    /// <summary>A file of packets at given times, marked 1, 2, 3 … from a first mark.</summary>
    public static byte[] File(byte firstMark, params long[] times) => [.. Header(), .. times.SelectMany((time, i) => Record(time, (byte)(firstMark + i)))];

    /// <summary>A file of one frame at several times.</summary>
    public static byte[] File(byte[] frame, params long[] times) => [.. Header(), .. times.SelectMany(time => Record(time, frame))];

    /// <summary>The marks of the packets in a file, in its order.</summary>
    public static byte[] Marks(byte[] file)
    {
        var marks = new List<byte>();
        for (var at = HeaderBytes; at < file.Length;)
        {
            var bytes = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 8));
            marks.Add(file[at + RecordHeaderBytes]);
            at += RecordHeaderBytes + bytes;
        }
        return [.. marks];
    }
}
