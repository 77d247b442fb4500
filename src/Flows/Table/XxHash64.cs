// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tci.Flows.Table;

/// <summary>
/// The public XXH64 hash (xxHash specification, "XXH64 algorithm description") with seed 0. The flow table uses the
/// hash ipfixprobe uses, so that full lines, and therefore early exports, are the same in both.
/// </summary>
internal static class XxHash64
{
    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime3 = 0x165667B19E3779F9;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63;
    private const ulong Prime5 = 0x27D4EB2F165667C5;

    public static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = Prime5;
        var rest = bytes;
        if (rest.Length >= 32)
            hash = Stripes(ref rest);
        hash += (ulong)bytes.Length;
        for (; rest.Length >= 8; rest = rest[8..])
            hash = Word(hash, BinaryPrimitives.ReadUInt64LittleEndian(rest));
        if (rest.Length >= 4)
        {
            hash = (BitOperations.RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime1), 23) * Prime2) + Prime3;
            rest = rest[4..];
        }
        foreach (var b in rest)
            hash = BitOperations.RotateLeft(hash ^ (b * Prime5), 11) * Prime1;
        return Avalanche(hash);
    }

    /// <summary>The hash of sixteen bytes given as two little-endian words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Hash(ulong first, ulong second) => Avalanche(Word(Word(Prime5 + 16, first), second));

    private static ulong Stripes(ref ReadOnlySpan<byte> rest)
    {
        ulong a = unchecked(Prime1 + Prime2), b = Prime2, c = 0, d = unchecked(0 - Prime1);
        for (; rest.Length >= 32; rest = rest[32..])
        {
            a = Round(a, BinaryPrimitives.ReadUInt64LittleEndian(rest));
            b = Round(b, BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]));
            c = Round(c, BinaryPrimitives.ReadUInt64LittleEndian(rest[16..]));
            d = Round(d, BinaryPrimitives.ReadUInt64LittleEndian(rest[24..]));
        }
        var hash = BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7)
            + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
        hash = Merge(Merge(hash, a), b);
        return Merge(Merge(hash, c), d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Round(ulong lane, ulong word) => BitOperations.RotateLeft(lane + (word * Prime2), 31) * Prime1;

    private static ulong Merge(ulong hash, ulong lane) => ((hash ^ Round(0, lane)) * Prime1) + Prime4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ulong hash, ulong word) => (BitOperations.RotateLeft(hash ^ Round(0, word), 27) * Prime1) + Prime4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Avalanche(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * Prime2;
        hash = (hash ^ (hash >> 29)) * Prime3;
        return hash ^ (hash >> 32);
    }
}
