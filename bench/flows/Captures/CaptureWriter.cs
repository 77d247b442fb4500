// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Bench.Flows.Captures;

/// <summary>Writes Ethernet frames with IPv4 and TCP or UDP into a pcap file of microseconds.</summary>
internal sealed class CaptureWriter : IDisposable
{
    private const int RecordBytes = 16, EthernetBytes = 14, Ipv4Bytes = 20;
    private const uint StartSecond = 1_700_000_000;

    private readonly FileStream file;
    private readonly byte[] record = new byte[4096];

    public CaptureWriter(string path)
    {
        file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 20);
        Span<byte> header = stackalloc byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B2C3D4);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 262_144);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], 1);
        file.Write(header);
    }

    public long Packets { get; private set; }

    public void Udp(long microseconds, in Endpoints between, ReadOnlySpan<byte> payload)
    {
        const int HeaderBytes = 8;
        var transport = Begin(microseconds, between, 17, HeaderBytes + payload.Length);
        BinaryPrimitives.WriteUInt16BigEndian(transport, between.FromPort);
        BinaryPrimitives.WriteUInt16BigEndian(transport[2..], between.ToPort);
        BinaryPrimitives.WriteUInt16BigEndian(transport[4..], (ushort)(HeaderBytes + payload.Length));
        payload.CopyTo(transport[HeaderBytes..]);
        End(HeaderBytes + payload.Length);
    }

    public void Tcp(long microseconds, in Endpoints between, byte flags, uint sequence, ReadOnlySpan<byte> payload)
    {
        // SYN segments have the options of Linux, others its time stamps.
        ReadOnlySpan<byte> options = (flags & 2) != 0
            ? [2, 4, 5, 0xB4, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7]
            : [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 1];
        var headerBytes = 20 + options.Length;
        var transport = Begin(microseconds, between, 6, headerBytes + payload.Length);
        BinaryPrimitives.WriteUInt16BigEndian(transport, between.FromPort);
        BinaryPrimitives.WriteUInt16BigEndian(transport[2..], between.ToPort);
        BinaryPrimitives.WriteUInt32BigEndian(transport[4..], sequence);
        transport[12] = (byte)(headerBytes / 4 << 4);
        transport[13] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(transport[14..], 501);
        options.CopyTo(transport[20..]);
        payload.CopyTo(transport[headerBytes..]);
        End(headerBytes + payload.Length);
    }

    public void Dispose() => file.Dispose();

    private Span<byte> Begin(long microseconds, in Endpoints between, byte protocol, int transportBytes)
    {
        Span<byte> all = record;
        all[..(RecordBytes + EthernetBytes + Ipv4Bytes + 40)].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(all, StartSecond + (uint)(microseconds / 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(all[4..], (uint)(microseconds % 1_000_000));
        var frame = all[RecordBytes..];
        frame[5] = 2;
        frame[11] = 1;
        frame[12] = 8;
        var ip = frame[EthernetBytes..];
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(Ipv4Bytes + transportBytes));
        ip[6] = 0x40;
        ip[8] = 64;
        ip[9] = protocol;
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], between.From);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], between.To);
        return ip[Ipv4Bytes..];
    }

    private void End(int transportBytes)
    {
        var bytes = EthernetBytes + Ipv4Bytes + transportBytes;
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), (uint)bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12), (uint)bytes);
        file.Write(record, 0, RecordBytes + bytes);
        Packets++;
    }
}
