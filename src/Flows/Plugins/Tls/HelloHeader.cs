// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Plugins.Tls;

/// <summary>The parts of a ClientHello or ServerHello (RFC 8446, section 4.1), for TLS over TCP and inside QUIC.</summary>
internal ref struct HelloHeader
{
    public const byte ClientHello = 1;
    public const byte ServerHello = 2;

    private const int MinBytes = 44;
    private const int TypeLengthBytes = 4;
    private const int TypeLengthVersionBytes = 6;
    private const int RandomBytes = 32;

    public byte Type;

    /// <summary>The legacy version, 0x0301 to 0x0303.</summary>
    public ushort Version;

    public ReadOnlySpan<byte> CipherSuites;

    public ReadOnlySpan<byte> Extensions;

    /// <summary>Whether the message is there up to the length it announces.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> message) =>
        message.Length >= TypeLengthBytes && message.Length - TypeLengthBytes >= (message[1] << 16 | message[2] << 8 | message[3]);

    /// <summary>Reads a handshake message that must be whole up to the end of its extensions.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out HelloHeader hello)
    {
        hello = default;
        if (message.Length < MinBytes || message[0] is not (ClientHello or ServerHello))
            return false;
        hello.Type = message[0];
        hello.Version = BinaryPrimitives.ReadUInt16BigEndian(message[4..]);
        if (hello.Version is < 0x0301 or > 0x0303)
            return false;
        var rest = message[(TypeLengthVersionBytes + RandomBytes)..];
        if (!Take(ref rest, 1, out _)) // session id
            return false;
        if (hello.Type == ClientHello)
        {
            if (!Take(ref rest, 2, out hello.CipherSuites) || !Take(ref rest, 1, out _))
                return false;
        }
        else if (!Skip(ref rest, 3)) // cipher suite and compression method
            return false;
        return Take(ref rest, 2, out hello.Extensions);
    }

    /// <summary>A vector with a length prefix of so many bytes.</summary>
    private static bool Take(scoped ref ReadOnlySpan<byte> rest, int prefixBytes, out ReadOnlySpan<byte> vector)
    {
        vector = default;
        if (rest.Length < prefixBytes)
            return false;
        int length = prefixBytes == 1 ? rest[0] : BinaryPrimitives.ReadUInt16BigEndian(rest);
        if (rest.Length < prefixBytes + length)
            return false;
        vector = rest.Slice(prefixBytes, length);
        rest = rest[(prefixBytes + length)..];
        return true;
    }

    private static bool Skip(scoped ref ReadOnlySpan<byte> rest, int count)
    {
        if (rest.Length < count)
            return false;
        rest = rest[count..];
        return true;
    }
}
