// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Quic.Protection;

/// <summary>AES-128 in the two ways Initial packets need it: one block for the header, GCM for the payload (RFC 9001, sections 5.3 and 5.4).</summary>
internal abstract class PacketCipher : IDisposable
{
    public const int BlockBytes = 16;
    public const int TagBytes = 16;

    /// <summary>The quickest one for this processor.</summary>
    public static PacketCipher Create() => ProcessorCipher.IsSupported ? new ProcessorCipher() : new LibraryCipher();

    /// <summary>Forgets the keys before.</summary>
    public abstract void SetKeys(ReadOnlySpan<byte> key, ReadOnlySpan<byte> headerKey);

    /// <summary>Encrypts a block with the header key.</summary>
    public abstract void EncryptHeaderBlock(ReadOnlySpan<byte> block, Span<byte> to);

    /// <summary>Encrypts a block with the payload's key.</summary>
    public abstract void EncryptBlock(ReadOnlySpan<byte> block, Span<byte> to);

    /// <summary>Decrypts a payload that ends with its tag; false when the tag is another.</summary>
    /// <param name="nonce">Twelve bytes.</param>
    /// <param name="header">What the tag covers beside the payload.</param>
    /// <param name="payload">With the tag.</param>
    /// <param name="plain">Of the payload's length without the tag.</param>
    public abstract bool TryDecrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload, Span<byte> plain);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
