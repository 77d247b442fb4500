// SPDX-License-Identifier: BSD-3-Clause
using System.Security.Cryptography;
using Tci.Flows.Plugins.Quic;

namespace Tci.Flows.Tests.Making;

/// <summary>Makes QUIC packets. Client Initials are protected for real, with keys derived here and not by the code under test.</summary>
internal static class QuicPackets
{
    public const uint Version1 = 1, Version2 = 0x6B3343CF, Draft29 = 0xFF00001D;

    /// <summary>A client's Initial of version 1 or a draft that has its packet types, unless told otherwise.</summary>
    public static byte[] Initial(
        byte[] frames, byte[] destination, byte[]? source = null, byte[]? token = null, uint version = Version1, int number = 0,
        byte[]? keyId = null, InitialSalt salt = InitialSalt.Version1, int padTo = 1162, int numberBytes = 2)
    {
        var version2 = salt is InitialSalt.Version2 or InitialSalt.Version2Provisional;
        var plain = ByteBuilder.Join(frames, new byte[Math.Max(0, padTo - frames.Length)]);
        var header = LongHeader(version2 ? 1 : 0, version, destination, source ?? [], lowBits: numberBytes - 1)
            .Raw(TokenLength(token)).Raw(token ?? []).Raw(Number(plain.Length + numberBytes + 16)).Number(number, numberBytes, bigEndian: true).ToArray();
        var (key, iv, protection) = Keys(keyId ?? destination, salt, version2);
        iv[10] ^= (byte)(number >> 8);
        iv[11] ^= (byte)number;
        byte[] sealedPayload = new byte[plain.Length], tag = new byte[16];
        using (var gcm = new AesGcm(key, 16))
            gcm.Encrypt(iv, plain, sealedPayload, tag, header);
        var packet = ByteBuilder.Join(header, sealedPayload, tag);
        using var aes = Aes.Create();
        aes.Key = protection;
        var mask = aes.EncryptEcb(packet.AsSpan(header.Length + 4 - numberBytes, 16), PaddingMode.None);
        packet[0] ^= (byte)(mask[0] & 0x0F);
        for (var i = 0; i < numberBytes; i++)
            packet[header.Length - numberBytes + i] ^= mask[1 + i];
        return packet;
    }

    /// <summary>An Initial nobody but the server could have made: its payload is noise here.</summary>
    public static byte[] ServerInitial(byte[] destination, byte[] source, uint version = Version1, int bytes = 100) =>
        Noise(LongHeader(version == Version2 ? 1 : 0, version, destination, source).U8(0), bytes);

    public static byte[] Handshake(byte[] destination, byte[] source, uint version = Version1, int bytes = 100) =>
        Noise(LongHeader(version == Version2 ? 3 : 2, version, destination, source), bytes);

    public static byte[] ZeroRtt(byte[] destination, byte[] source, uint version = Version1, int bytes = 100) =>
        Noise(LongHeader(version == Version2 ? 2 : 1, version, destination, source), bytes);

    public static byte[] Retry(byte[] destination, byte[] source, byte[] token, uint version = Version1) =>
        LongHeader(version == Version2 ? 0 : 3, version, destination, source).Raw(token).Raw(new byte[16]).ToArray();

    public static byte[] VersionNegotiation(byte[] destination, byte[] source, params uint[] versions)
    {
        var packet = LongHeader(0, 0, destination, source);
        foreach (var version in versions)
            packet.U32(version);
        return packet.ToArray();
    }

    public static byte[] Crypto(int offset, byte[] data) =>
        new ByteBuilder().U8(6).Raw(Number(offset)).Raw(Number(data.Length)).Raw(data).ToArray();

    /// <summary>A handshake message without its TLS record header, as QUIC carries it.</summary>
    public static byte[] Message(byte[] record) => record[5..];

    /// <summary>A length or offset in two bytes, or four where it takes them.</summary>
    public static byte[] Number(int value) =>
        value < 0x4000 ? new ByteBuilder().U16(0x4000 | value).ToArray() : new ByteBuilder().U32(0x80000000L | (uint)value).ToArray();

    private static byte[] TokenLength(byte[]? token) => token is null or [] ? [0] : Number(token.Length);

    private static ByteBuilder LongHeader(int type, uint version, byte[] destination, byte[] source, int lowBits = 0) =>
        new ByteBuilder().U8(0xC0 | (type << 4) | lowBits).U32(version).U8(destination.Length).Raw(destination).U8(source.Length).Raw(source);

    private static byte[] Noise(ByteBuilder header, int bytes)
    {
        var noise = new byte[bytes];
        new Random(bytes).NextBytes(noise);
        return header.Raw(Number(bytes)).Raw(noise).ToArray();
    }

    private static (byte[] Key, byte[] Iv, byte[] Protection) Keys(byte[] id, InitialSalt salt, bool version2)
    {
        var initial = HKDF.Extract(HashAlgorithmName.SHA256, id, InitialSalts.Bytes(salt).ToArray());
        var client = Expand(initial, "client in", 32);
        var prefix = version2 ? "quicv2 " : "quic ";
        return (Expand(client, prefix + "key", 16), Expand(client, prefix + "iv", 12), Expand(client, prefix + "hp", 16));
    }

    private static byte[] Expand(byte[] secret, string label, int length)
    {
        var name = Frames.Text("tls13 " + label);
        return HKDF.Expand(HashAlgorithmName.SHA256, secret, length, new ByteBuilder().U16(length).U8(name.Length).Raw(name).U8(0).ToArray());
    }
}
