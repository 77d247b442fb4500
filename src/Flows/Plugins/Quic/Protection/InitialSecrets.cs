// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace Tci.Flows.Plugins.Quic.Protection;

/// <summary>
/// Derives the client's keys of one connection (RFC 9001, section 5.2; RFC 9369, section 3.3.1) by HKDF with SHA-256
/// (RFC 5869): eight calls of <see cref="Sha256Lanes"/>. By the system's library keys and ciphers took a quarter of the
/// processor time of the benchmark's mix-many.
/// </summary>
internal sealed class InitialSecrets
{
    public const int KeyBytes = 16;
    public const int NonceBytes = 12;

    // HMAC (RFC 2104) puts a block before the message.
    private const int BlockBytes = 64;
    private const int DigestBytes = 32;
    private const uint InnerPad = 0x36363636;
    private const uint OuterPad = 0x5c5c5c5c;
    private const byte EndOfMessage = 0x80;

    private static readonly Vector128<uint>[] Client = Blocks(Info("tls13 client in"u8, DigestBytes));
    private static readonly Vector128<uint>[] Version1 = Blocks(
        Info("tls13 quic key"u8, KeyBytes), Info("tls13 quic iv"u8, NonceBytes), Info("tls13 quic hp"u8, KeyBytes));

    private static readonly Vector128<uint>[] Version2 = Blocks(
        Info("tls13 quicv2 key"u8, KeyBytes), Info("tls13 quicv2 iv"u8, NonceBytes), Info("tls13 quicv2 hp"u8, KeyBytes));

    private readonly Vector128<uint>[] pads = new Vector128<uint>[Sha256Lanes.StateWords];
    private readonly Vector128<uint>[] block = new Vector128<uint>[Sha256Lanes.BlockWords];
    private readonly Vector128<uint>[] result = new Vector128<uint>[Sha256Lanes.StateWords];
    private readonly byte[] key = new byte[KeyBytes];
    private readonly byte[] nonce = new byte[NonceBytes];
    private readonly byte[] headerKey = new byte[KeyBytes];

    public ReadOnlySpan<byte> Key => key;

    public ReadOnlySpan<byte> Nonce => nonce;

    /// <summary>The key of header protection.</summary>
    public ReadOnlySpan<byte> HeaderKey => headerKey;

    /// <param name="connectionId">At most 20 bytes.</param>
    /// <param name="salt">Of the version.</param>
    /// <param name="version2">Whose labels.</param>
    public void Derive(ReadOnlySpan<byte> connectionId, InitialSalt salt, bool version2)
    {
        Span<uint> words = stackalloc uint[Sha256Lanes.BlockWords];
        ReadWords(InitialSalts.Bytes(salt), words);
        SetKey(words);
        Span<byte> message = stackalloc byte[BlockBytes];
        Finish(message, connectionId);
        ReadWords(message, words);
        for (var i = 0; i < words.Length; i++)
            block[i] = Vector128.CreateScalar(words[i]);
        Hash();
        SetKeyToResult(words);
        Client.CopyTo(block, 0);
        Hash();
        SetKeyToResult(words);
        (version2 ? Version2 : Version1).CopyTo(block, 0);
        Hash();
        Take(0, key);
        Take(1, nonce);
        Take(2, headerKey);
    }

    /// <summary>HkdfLabel with an empty context (RFC 8446, section 7.1), and the number of the only block that is needed.</summary>
    private static byte[] Info(ReadOnlySpan<byte> label, byte bytes) => [0, bytes, (byte)label.Length, .. label, 0, 1];

    /// <summary>The last block of a message that follows one block.</summary>
    private static void Finish(Span<byte> to, ReadOnlySpan<byte> message)
    {
        to.Clear();
        message.CopyTo(to);
        to[message.Length] = EndOfMessage;
        BinaryPrimitives.WriteUInt32BigEndian(to[^4..], (uint)(BlockBytes + message.Length) * 8);
    }

    private static Vector128<uint>[] Blocks(params byte[][] messages)
    {
        var blocks = new Vector128<uint>[Sha256Lanes.BlockWords];
        var bytes = new byte[BlockBytes];
        for (var lane = 0; lane < messages.Length; lane++)
        {
            Finish(bytes, messages[lane]);
            for (var i = 0; i < blocks.Length; i++)
                blocks[i] = blocks[i].WithElement(lane, BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(i * 4)));
        }
        return blocks;
    }

    private static void ReadWords(ReadOnlySpan<byte> bytes, Span<uint> words)
    {
        words.Clear();
        for (var i = 0; i * 4 < bytes.Length; i++)
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(bytes[(i * 4)..]);
    }

    private void SetKeyToResult(Span<uint> words)
    {
        words.Clear();
        for (var i = 0; i < result.Length; i++)
            words[i] = result[i].ToScalar();
        SetKey(words);
    }

    /// <summary>Hashes the two pads side by side: the inner one's state in lane 0, the outer one's in lane 1.</summary>
    private void SetKey(ReadOnlySpan<uint> words)
    {
        for (var i = 0; i < block.Length; i++)
            block[i] = Vector128.Create(words[i] ^ InnerPad, words[i] ^ OuterPad, 0, 0);
        var state = Sha256Lanes.InitialState;
        for (var i = 0; i < pads.Length; i++)
            pads[i] = Vector128.Create(state[i]);
        Sha256Lanes.Compress(pads, block);
    }

    /// <summary>The keyed hashes of the messages in the block, lane by lane.</summary>
    private void Hash()
    {
        for (var i = 0; i < result.Length; i++)
            result[i] = Vector128.Create(pads[i].ToScalar());
        Sha256Lanes.Compress(result, block);
        Array.Clear(block);
        result.CopyTo(block, 0);
        block[result.Length] = Vector128.Create((uint)EndOfMessage << 24);
        block[^1] = Vector128.Create((BlockBytes + DigestBytes) * 8u);
        for (var i = 0; i < result.Length; i++)
            result[i] = Vector128.Create(pads[i].GetElement(1));
        Sha256Lanes.Compress(result, block);
    }

    private void Take(int lane, Span<byte> to)
    {
        for (var i = 0; i * 4 < to.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(to[(i * 4)..], result[i].GetElement(lane));
    }
}
