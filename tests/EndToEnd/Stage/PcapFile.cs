// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.EndToEnd.Stage;

/// <summary>A UDP packet of a capture file.</summary>
/// <param name="Number">As its <see cref="Sender"/> wrote it.</param>
public sealed record Datagram(long UnixNs, int SourcePort, int Port, int Number);

/// <summary>Reads traffic.pcap by its format (nanoseconds, little endian, Ethernet), independently of the product.</summary>
public static class PcapFile
{
    private const int FileHeader = 24;
    private const int RecordHeader = 16;
    private const int Ethernet = 14;

    /// <summary>The frames; a file that is not whole is an error.</summary>
    public static List<(long UnixNs, byte[] Frame)> Frames(byte[] file)
    {
        if (Int(file, 0) != 0xa1b23c4d) throw new InvalidDataException($"The magic is {Int(file, 0):x}, not a1b23c4d.");
        var frames = new List<(long, byte[])>();
        var at = FileHeader;
        while (at < file.Length)
        {
            var length = (int)Int(file, at + 8);
            if (at + RecordHeader + length > file.Length) throw new InvalidDataException($"The record at {at} is cut off.");
            frames.Add((((long)Int(file, at) * 1_000_000_000) + Int(file, at + 4), file[(at + RecordHeader)..(at + RecordHeader + length)]));
            at += RecordHeader + length;
        }

        return frames;
    }

    /// <summary>The UDP packets among the frames.</summary>
    public static List<Datagram> Datagrams(byte[] file) =>
        [.. Frames(file).Where(f => IsUdp(f.Frame)).Select(f => new Datagram(f.UnixNs, Short(f.Frame, Ethernet + 20), Short(f.Frame, Ethernet + 22), Number(f.Frame)))];

    private static bool IsUdp(byte[] frame) => frame.Length >= Ethernet + 32 && Short(frame, 12) == 0x0800 && frame[Ethernet] == 0x45 && frame[Ethernet + 9] == 17;

    private static int Number(byte[] frame) => BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(Ethernet + 28));

    private static uint Int(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static int Short(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));
}
