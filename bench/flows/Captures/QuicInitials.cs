// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tci.Bench.Flows.Captures;

/// <summary>Client Initials of QUIC version 1, protected as RFC 9001 says.</summary>
internal static class QuicInitials
{
    private static readonly byte[] Salt = Convert.FromHexString("38762cf7f55934b34d179ae6a4c80cadccbb7f0a");

    public static byte[] Make(byte[] id, int number, int offset, ReadOnlySpan<byte> piece)
    {
        byte[] plain = new byte[1162];
        byte[] frame = [6, .. Messages.U16(0x4000 | offset), .. Messages.U16(0x4000 | piece.Length), .. piece];
        frame.CopyTo(plain, 0);
        byte[] header = [0xC1, 0, 0, 0, 1, (byte)id.Length, .. id, 0, 0, .. Messages.U16(0x4000 | (plain.Length + 18)), .. Messages.U16(number)];
        var client = Expand(HKDF.Extract(HashAlgorithmName.SHA256, id, Salt), "tls13 client in"u8, 32);
        var iv = Expand(client, "tls13 quic iv"u8, 12);
        iv[11] ^= (byte)number;
        byte[] cipher = new byte[plain.Length], tag = new byte[16];
        using (var gcm = new AesGcm(Expand(client, "tls13 quic key"u8, 16), 16))
            gcm.Encrypt(iv, plain, cipher, tag, header);
        using var aes = Aes.Create();
        aes.Key = Expand(client, "tls13 quic hp"u8, 16);
        var mask = aes.EncryptEcb(cipher.AsSpan(2, 16), PaddingMode.None);
        header[0] ^= (byte)(mask[0] & 0x0F);
        header[^2] ^= mask[1];
        header[^1] ^= mask[2];
        return [.. header, .. cipher, .. tag];
    }

    private static byte[] Expand(byte[] secret, ReadOnlySpan<byte> label, int length)
    {
        byte[] info = [0, 0, (byte)label.Length, .. label, 0];
        BinaryPrimitives.WriteUInt16BigEndian(info, (ushort)length);
        return HKDF.Expand(HashAlgorithmName.SHA256, secret, length, info);
    }
}
