// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Tests.Making;

/// <summary>Writes a classic pcap file into memory. Times are microseconds after 2023-11-14T22:13:20.</summary>
internal sealed class PcapFile(bool bigEndian = false, bool nanoseconds = false, int linkType = 1)
{
    public const long Start = 1_700_000_000_000_000;

    private readonly ByteBuilder bytes = new ByteBuilder()
        .Number(nanoseconds ? 0xA1B23C4D : 0xA1B2C3D4, 4, bigEndian)
        .Number(2, 2, bigEndian).Number(4, 2, bigEndian).Number(0, 4, bigEndian).Number(0, 4, bigEndian)
        .Number(262_144, 4, bigEndian).Number(linkType, 4, bigEndian);

    public PcapFile Add(long microseconds, byte[] frame, int? captured = null)
    {
        var time = Start + microseconds;
        var kept = captured ?? frame.Length;
        bytes.Number(time / 1_000_000, 4, bigEndian)
            .Number(time % 1_000_000 * (nanoseconds ? 1000 : 1), 4, bigEndian)
            .Number(kept, 4, bigEndian).Number(frame.Length, 4, bigEndian).Raw(frame[..kept]);
        return this;
    }

    /// <summary>The frames of a file this class made in the machine's byte order.</summary>
    public static List<byte[]> FramesOf(byte[] file)
    {
        var frames = new List<byte[]>();
        for (var at = 24; at < file.Length;)
        {
            var length = BitConverter.ToInt32(file, at + 8);
            frames.Add(file[(at + 16)..(at + 16 + length)]);
            at += 16 + length;
        }
        return frames;
    }

    public byte[] ToArray() => bytes.ToArray();
}
