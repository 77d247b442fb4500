// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using Tci.Flows.Reassembly;

namespace Tci.Flows.Plugins.Tls;

/// <summary>
/// The first handshake message of a stream of TLS records. It may be spread over several records (RFC 8446, section 5.1);
/// their contents are then put together.
/// </summary>
internal sealed class HandshakeRecords
{
    private const int MessageHeaderBytes = 4;

    private readonly byte[] joined = new byte[StreamBuffer.MaxBytes];

    /// <summary>Reads a hello from bytes that begin with a handshake record's header and at least a byte of it.</summary>
    public HelloResult ReadHello(ReadOnlySpan<byte> stream, out HelloHeader hello)
    {
        hello = default;
        var content = stream[TlsParser.RecordHeaderBytes..];
        if (content[0] is not (HelloHeader.ClientHello or HelloHeader.ServerHello))
            return HelloResult.None;
        if (content.Length < MessageHeaderBytes)
            return HelloResult.CutOff;
        var messageBytes = MessageHeaderBytes + (content[1] << 16 | content[2] << 8 | content[3]);
        if (messageBytes > joined.Length)
            return HelloResult.None;
        if (RecordBytes(stream) < messageBytes)
            return Join(stream, messageBytes, out hello);
        if (content.Length < messageBytes)
            return HelloResult.CutOff;
        return HelloHeader.TryRead(content[..messageBytes], out hello) ? HelloResult.Read : HelloResult.None;
    }

    private static int RecordBytes(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt16BigEndian(record[3..]);

    private HelloResult Join(ReadOnlySpan<byte> stream, int messageBytes, out HelloHeader hello)
    {
        hello = default;
        var count = 0;
        while (count < messageBytes)
        {
            if (stream.Length < TlsParser.RecordHeaderBytes)
                return HelloResult.CutOff;
            var length = RecordBytes(stream);
            if (stream[0] != TlsParser.HandshakeRecord || length == 0)
                return HelloResult.None;
            stream = stream[TlsParser.RecordHeaderBytes..];
            if (stream.Length < length)
                return HelloResult.CutOff;
            var taken = Math.Min(length, messageBytes - count);
            stream[..taken].CopyTo(joined.AsSpan(count));
            count += taken;
            stream = stream[length..];
        }
        return HelloHeader.TryRead(joined.AsSpan(0, count), out hello) ? HelloResult.Read : HelloResult.None;
    }
}
