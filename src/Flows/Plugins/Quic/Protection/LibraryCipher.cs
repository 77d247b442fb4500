// SPDX-License-Identifier: BSD-3-Clause
using System.Security.Cryptography;

namespace Tci.Flows.Plugins.Quic.Protection;

/// <summary>By the system's library, for processors that <see cref="ProcessorCipher"/> does not know. Allocates with every new key.</summary>
internal sealed class LibraryCipher : PacketCipher
{
    private readonly byte[] block = new byte[BlockBytes];
    private readonly byte[] result = new byte[BlockBytes];
    private ICryptoTransform? headerBlocks;
    private ICryptoTransform? blocks;
    private AesGcm? payloads;

    public override void SetKeys(ReadOnlySpan<byte> key, ReadOnlySpan<byte> headerKey)
    {
        Release();
        using var aes = Aes.Create();
        aes.Mode = CipherMode.ECB;
        aes.Padding = PaddingMode.None;
        headerBlocks = aes.CreateEncryptor(headerKey.ToArray(), null);
        blocks = aes.CreateEncryptor(key.ToArray(), null);
        payloads = new AesGcm(key, TagBytes);
    }

    public override void EncryptHeaderBlock(ReadOnlySpan<byte> block, Span<byte> to) => Encrypt(headerBlocks!, block, to);

    public override void EncryptBlock(ReadOnlySpan<byte> block, Span<byte> to) => Encrypt(blocks!, block, to);

    public override bool TryDecrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload, Span<byte> plain)
    {
        try
        {
            payloads!.Decrypt(nonce, payload[..^TagBytes], payload[^TagBytes..], plain, header);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public override void Dispose()
    {
        Release();
        base.Dispose();
    }

    private void Encrypt(ICryptoTransform cipher, ReadOnlySpan<byte> input, Span<byte> to)
    {
        input.CopyTo(block);
        cipher.TransformBlock(block, 0, BlockBytes, result, 0);
        result.CopyTo(to);
    }

    private void Release()
    {
        headerBlocks?.Dispose();
        blocks?.Dispose();
        payloads?.Dispose();
    }
}
