// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using System.Text;

namespace Tci.Scenarios.Traffic;

/// <summary>Writes small capture files: UDP packets over Ethernet and IPv4, one a step, for points with a <c>pcap:</c> source.</summary>
public static class SamplePcap
{
    private const int HeaderBytes = 14 + 20 + 8;

    /// <summary>Makes a file of packets to ports 4000, 4001, … in turn, each with its number as payload.</summary>
    /// <param name="packets">How many.</param>
    /// <param name="step">Between two packets' time stamps: the pace at which the engine replays them.</param>
    /// <param name="flows">How many different destination ports, so many flows.</param>
    public static string Write(string path, int packets, TimeSpan step, int flows = 4)
    {
        using var file = File.Create(path);
        file.Write([0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0]);
        var first = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < packets; i++) file.Write(Record(first + (i * step), Packet(i, 4000 + (i % flows))));
        return path;
    }

    private static byte[] Record(DateTimeOffset at, byte[] packet)
    {
        var record = new byte[16 + packet.Length];
        var micros = (at - DateTimeOffset.UnixEpoch).Ticks / 10;
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)(micros / 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(4), (uint)(micros % 1_000_000));
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(8), packet.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(12), packet.Length);
        packet.CopyTo(record, 16);
        return record;
    }

    private static byte[] Packet(int number, int port)
    {
        var payload = Encoding.ASCII.GetBytes($"packet {number:D8}");
        var packet = new byte[HeaderBytes + payload.Length];
        new byte[] { 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 0x45, 0 }.CopyTo(packet, 0);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(16), (ushort)(packet.Length - 14));
        new byte[] { 64, 17 }.CopyTo(packet, 22);
        new byte[] { 192, 0, 2, 1, 192, 0, 2, 2 }.CopyTo(packet, 26);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(34), 30000);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(36), (ushort)port);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(38), (ushort)(8 + payload.Length));
        payload.CopyTo(packet, HeaderBytes);
        return packet;
    }
}
