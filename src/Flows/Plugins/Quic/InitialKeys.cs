// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using Tci.Flows.Plugins.Quic.Protection;

namespace Tci.Flows.Plugins.Quic;

/// <summary>The client's keys for Initial packets of one connection at a time (RFC 9001, section 5; RFC 9369, section 3.3).</summary>
internal sealed class InitialKeys : IDisposable
{
    public const int TagBytes = PacketCipher.TagBytes;
    public const int BlockBytes = PacketCipher.BlockBytes;

    private const int NonceBytes = InitialSecrets.NonceBytes;

    private readonly PacketCipher cipher = PacketCipher.Create();
    private readonly byte[] iv = new byte[NonceBytes];
    private readonly byte[] result = new byte[BlockBytes];

    public InitialKeys(ReadOnlySpan<byte> connectionId, InitialSalt salt, bool version2)
    {
        var secrets = new InitialSecrets();
        secrets.Derive(connectionId, salt, version2);
        Set(secrets);
    }

    /// <summary>Takes the keys of another connection.</summary>
    public void Set(InitialSecrets secrets)
    {
        cipher.SetKeys(secrets.Key, secrets.HeaderKey);
        secrets.Nonce.CopyTo(iv);
    }

    /// <summary>The header protection mask for a sample of 16 bytes (RFC 9001, section 5.4.3); valid until the next call.</summary>
    public ReadOnlySpan<byte> Mask(ReadOnlySpan<byte> sample)
    {
        cipher.EncryptHeaderBlock(sample, result);
        return result;
    }

    /// <summary>The first bytes of a payload, at most 16, unauthenticated: enough to see that the keys are others without the cost of failing.</summary>
    public ReadOnlySpan<byte> Peek(uint packetNumber, ReadOnlySpan<byte> ciphertext)
    {
        Span<byte> counter = stackalloc byte[BlockBytes];
        counter.Clear();
        Nonce(packetNumber, counter);
        counter[BlockBytes - 1] = 2; // NIST SP 800-38D: block 1 is kept for the tag
        cipher.EncryptBlock(counter, result);
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
        return cipher.TryDecrypt(nonce, header, protectedPayload, plain);
    }

    public void Dispose() => cipher.Dispose();

    private void Nonce(uint packetNumber, Span<byte> nonce)
    {
        iv.CopyTo(nonce);
        var low = nonce[(NonceBytes - 4)..];
        BinaryPrimitives.WriteUInt32BigEndian(low, BinaryPrimitives.ReadUInt32BigEndian(low) ^ packetNumber);
    }
}
