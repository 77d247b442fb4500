// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tci.Flows.Plugins.Quic;

/// <summary>The client's keys for Initial packets of one connection (RFC 9001, section 5; RFC 9369, section 3.3).</summary>
internal sealed class InitialKeys : IDisposable
{
    public const int TagBytes = 16;
    public const int BlockBytes = 16;

    private const int SecretBytes = 32;
    private const int KeyBytes = 16;
    private const int NonceBytes = 12;

    private readonly byte[] iv = new byte[NonceBytes];
    private readonly byte[] block = new byte[BlockBytes];
    private readonly byte[] result = new byte[BlockBytes];
    private readonly ICryptoTransform headerProtection;
    private readonly ICryptoTransform firstBlock;
    private readonly AesGcm payloadProtection;

    public InitialKeys(ReadOnlySpan<byte> connectionId, InitialSalt salt, bool version2)
    {
        Span<byte> initial = stackalloc byte[SecretBytes], client = stackalloc byte[SecretBytes];
        HKDF.Extract(HashAlgorithmName.SHA256, connectionId, InitialSalts.Bytes(salt), initial);
        using (var secret = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, initial))
            ExpandLabel(secret, "tls13 client in"u8, client);
        using var aes = Aes.Create();
        aes.Mode = CipherMode.ECB;
        aes.Padding = PaddingMode.None;
        var key = new byte[KeyBytes];
        // One keyed hash for the three keys: setting it up is most of the cost.
        using var clientSecret = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, client);
        ExpandLabel(clientSecret, version2 ? "tls13 quicv2 key"u8 : "tls13 quic key"u8, key);
        ExpandLabel(clientSecret, version2 ? "tls13 quicv2 iv"u8 : "tls13 quic iv"u8, iv);
        payloadProtection = new AesGcm(key, TagBytes);
        firstBlock = aes.CreateEncryptor(key, null);
        ExpandLabel(clientSecret, version2 ? "tls13 quicv2 hp"u8 : "tls13 quic hp"u8, key);
        headerProtection = aes.CreateEncryptor(key, null);
    }

    /// <summary>The header protection mask for a sample of 16 bytes (RFC 9001, section 5.4.3); valid until the next call.</summary>
    public ReadOnlySpan<byte> Mask(ReadOnlySpan<byte> sample) => Encrypt(headerProtection, sample);

    /// <summary>The first bytes of a payload, at most 16, unauthenticated: enough to see that the keys are others without the cost of failing.</summary>
    public ReadOnlySpan<byte> Peek(uint packetNumber, ReadOnlySpan<byte> ciphertext)
    {
        Span<byte> counter = stackalloc byte[BlockBytes];
        Nonce(packetNumber, counter);
        counter[BlockBytes - 1] = 2; // NIST SP 800-38D: block 1 is kept for the tag
        Encrypt(firstBlock, counter);
        var count = Math.Min(BlockBytes, ciphertext.Length);
        for (var i = 0; i < count; i++)
            result[i] ^= ciphertext[i];
        return result.AsSpan(0, count);
    }

    /// <summary>Decrypts a payload; false when it was not made with these keys, or was damaged.</summary>
    public bool TryDecrypt(uint packetNumber, ReadOnlySpan<byte> header, ReadOnlySpan<byte> protectedPayload, Span<byte> plain)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        Nonce(packetNumber, nonce);
        try
        {
            payloadProtection.Decrypt(nonce, protectedPayload[..^TagBytes], protectedPayload[^TagBytes..], plain, header);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        headerProtection.Dispose();
        firstBlock.Dispose();
        payloadProtection.Dispose();
    }

    /// <summary>HKDF-Expand-Label with an empty context (RFC 8446, section 7.1), of which one block is enough (RFC 5869, section 2.3).</summary>
    private static void ExpandLabel(IncrementalHash secret, ReadOnlySpan<byte> label, Span<byte> output)
    {
        const byte FirstBlock = 1;
        Span<byte> info = stackalloc byte[5 + label.Length];
        BinaryPrimitives.WriteUInt16BigEndian(info, (ushort)output.Length);
        info[2] = (byte)label.Length;
        label.CopyTo(info[3..]);
        info[^2] = 0;
        info[^1] = FirstBlock;
        secret.AppendData(info);
        Span<byte> result = stackalloc byte[SecretBytes];
        secret.GetHashAndReset(result);
        result[..output.Length].CopyTo(output);
    }

    private void Nonce(uint packetNumber, Span<byte> nonce)
    {
        iv.CopyTo(nonce);
        var low = nonce[(NonceBytes - 4)..];
        BinaryPrimitives.WriteUInt32BigEndian(low, BinaryPrimitives.ReadUInt32BigEndian(low) ^ packetNumber);
    }

    private ReadOnlySpan<byte> Encrypt(ICryptoTransform cipher, ReadOnlySpan<byte> input)
    {
        input.CopyTo(block);
        cipher.TransformBlock(block, 0, BlockBytes, result, 0);
        return result;
    }
}
