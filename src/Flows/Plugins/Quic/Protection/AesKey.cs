// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tci.Flows.Plugins.Quic.Protection;

/// <summary>AES-128 encryption (FIPS 197) by the processor's own instructions.</summary>
internal sealed class AesKey
{
    private const int Rounds = 10;

    private readonly Vector128<byte>[] roundKeys = new Vector128<byte>[Rounds + 1];

    public static bool IsSupported => Aes.IsSupported;

    /// <param name="key">Sixteen bytes.</param>
    public void Set(ReadOnlySpan<byte> key)
    {
        var round = roundKeys;
        round[0] = Vector128.Create(key);
        // The round constants are part of the instruction, so this cannot be a loop.
        round[1] = Next(round[0], Aes.KeygenAssist(round[0], 0x01));
        round[2] = Next(round[1], Aes.KeygenAssist(round[1], 0x02));
        round[3] = Next(round[2], Aes.KeygenAssist(round[2], 0x04));
        round[4] = Next(round[3], Aes.KeygenAssist(round[3], 0x08));
        round[5] = Next(round[4], Aes.KeygenAssist(round[4], 0x10));
        round[6] = Next(round[5], Aes.KeygenAssist(round[5], 0x20));
        round[7] = Next(round[6], Aes.KeygenAssist(round[6], 0x40));
        round[8] = Next(round[7], Aes.KeygenAssist(round[7], 0x80));
        round[9] = Next(round[8], Aes.KeygenAssist(round[8], 0x1B));
        round[10] = Next(round[9], Aes.KeygenAssist(round[9], 0x36));
    }

    public Vector128<byte> Encrypt(Vector128<byte> block)
    {
        block ^= roundKeys[0];
        for (var i = 1; i < Rounds; i++)
            block = Aes.Encrypt(block, roundKeys[i]);
        return Aes.EncryptLast(block, roundKeys[Rounds]);
    }

    /// <summary>Four blocks in little more time than one takes, for the instructions overlap.</summary>
    public void Encrypt(ref Vector128<byte> first, ref Vector128<byte> second, ref Vector128<byte> third, ref Vector128<byte> fourth)
    {
        var key = roundKeys[0];
        var (a, b, c, d) = (first ^ key, second ^ key, third ^ key, fourth ^ key);
        for (var i = 1; i < Rounds; i++)
        {
            key = roundKeys[i];
            a = Aes.Encrypt(a, key);
            b = Aes.Encrypt(b, key);
            c = Aes.Encrypt(c, key);
            d = Aes.Encrypt(d, key);
        }
        key = roundKeys[Rounds];
        first = Aes.EncryptLast(a, key);
        second = Aes.EncryptLast(b, key);
        third = Aes.EncryptLast(c, key);
        fourth = Aes.EncryptLast(d, key);
    }

    /// <summary>FIPS 197, section 5.2: each word is the one before xor that of a round ago.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Next(Vector128<byte> key, Vector128<byte> assist)
    {
        key ^= Sse2.ShiftLeftLogical128BitLane(key, 4);
        key ^= Sse2.ShiftLeftLogical128BitLane(key, 8);
        return key ^ Vector128.Shuffle(assist.AsUInt32(), Vector128.Create(3u)).AsByte();
    }
}
