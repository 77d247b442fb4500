// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tci.Flows.Plugins.Quic.Protection;

/// <summary>
/// By the processor's instructions. In calls into the system's library most of the time goes into objects, their locks
/// and their errors, not into the cipher; and each new key is three new objects.
/// </summary>
internal sealed class ProcessorCipher : PacketCipher
{
    private const int BlocksAtOnce = 4;

    private readonly AesKey payloadKey = new();
    private readonly AesKey headerKey = new();
    private readonly GaloisHash hash = new();

    public static bool IsSupported => AesKey.IsSupported && GaloisHash.IsSupported;

    public override void SetKeys(ReadOnlySpan<byte> key, ReadOnlySpan<byte> headerKey)
    {
        payloadKey.Set(key);
        this.headerKey.Set(headerKey);
        hash.SetKey(payloadKey.Encrypt(Vector128<byte>.Zero));
    }

    public override void EncryptHeaderBlock(ReadOnlySpan<byte> block, Span<byte> to) =>
        headerKey.Encrypt(Vector128.Create(block)).CopyTo(to);

    public override void EncryptBlock(ReadOnlySpan<byte> block, Span<byte> to) =>
        payloadKey.Encrypt(Vector128.Create(block)).CopyTo(to);

    public override bool TryDecrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload, Span<byte> plain)
    {
        var text = payload[..^TagBytes];
        hash.Clear();
        hash.Add(header);
        hash.Add(text);
        Span<byte> counter = stackalloc byte[BlockBytes];
        nonce.CopyTo(counter);
        var mask = payloadKey.Encrypt(Counter(counter, 1)); // NIST SP 800-38D, section 7.2: block 1 is the tag's
        if ((hash.Finish(header.Length, text.Length) ^ mask) != Vector128.Create(payload[^TagBytes..]))
            return false;
        Decrypt(counter, text, plain[..text.Length]);
        return true;
    }

    private static Vector128<byte> Counter(Span<byte> counter, uint number)
    {
        BinaryPrimitives.WriteUInt32BigEndian(counter[^4..], number);
        return Vector128.Create<byte>(counter);
    }

    private void Decrypt(Span<byte> counter, ReadOnlySpan<byte> text, Span<byte> plain)
    {
        ref var from = ref MemoryMarshal.GetReference(text);
        ref var to = ref MemoryMarshal.GetReference(plain);
        var at = 0;
        var number = 2u;
        for (; text.Length - at >= BlocksAtOnce * BlockBytes; at += BlocksAtOnce * BlockBytes, number += BlocksAtOnce)
        {
            var (a, b, c, d) = (Counter(counter, number), Counter(counter, number + 1), Counter(counter, number + 2), Counter(counter, number + 3));
            payloadKey.Encrypt(ref a, ref b, ref c, ref d);
            Apply(a, ref from, ref to, at);
            Apply(b, ref from, ref to, at + BlockBytes);
            Apply(c, ref from, ref to, at + (2 * BlockBytes));
            Apply(d, ref from, ref to, at + (3 * BlockBytes));
        }
        Span<byte> last = stackalloc byte[BlockBytes];
        for (; at < text.Length; at += BlockBytes, number++)
        {
            payloadKey.Encrypt(Counter(counter, number)).CopyTo(last);
            for (var i = 0; i < Math.Min(BlockBytes, text.Length - at); i++)
                plain[at + i] = (byte)(text[at + i] ^ last[i]);
        }
    }

    private static void Apply(Vector128<byte> stream, ref byte from, ref byte to, int at) =>
        (Vector128.LoadUnsafe(ref from, (nuint)at) ^ stream).StoreUnsafe(ref to, (nuint)at);
}
