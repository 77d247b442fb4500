// SPDX-License-Identifier: BSD-3-Clause
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Tci.Flows.Plugins.Quic.Protection;

/// <summary>GHASH (NIST SP 800-38D, section 6.4) by carry-less multiplication. Values are kept with their bytes reversed.</summary>
internal sealed class GaloisHash
{
    private const int BlockBytes = 16;
    private const int BlocksAtOnce = 4;

    private Vector128<ulong> key, key2, key3, key4;
    private Vector128<ulong> sum;

    public static bool IsSupported => Pclmulqdq.IsSupported && Ssse3.IsSupported;

    public void SetKey(Vector128<byte> hashKey)
    {
        key = Reversed(hashKey);
        key2 = Multiply(key, key);
        key3 = Multiply(key2, key);
        key4 = Multiply(key3, key);
    }

    public void Clear() => sum = default;

    /// <summary>Takes bytes in, filled up with zeros to whole blocks.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        ref var first = ref MemoryMarshal.GetReference(bytes);
        var at = 0;
        // The powers of the key let four blocks share one reduction.
        for (; bytes.Length - at >= BlocksAtOnce * BlockBytes; at += BlocksAtOnce * BlockBytes)
        {
            Product(sum ^ Block(ref first, at), key4, out var low, out var high);
            Accumulate(Block(ref first, at + BlockBytes), key3, ref low, ref high);
            Accumulate(Block(ref first, at + (2 * BlockBytes)), key2, ref low, ref high);
            Accumulate(Block(ref first, at + (3 * BlockBytes)), key, ref low, ref high);
            sum = Reduce(low, high);
        }
        for (; bytes.Length - at >= BlockBytes; at += BlockBytes)
            sum = Multiply(sum ^ Block(ref first, at), key);
        if (at == bytes.Length)
            return;
        Span<byte> last = stackalloc byte[BlockBytes];
        last.Clear();
        bytes[at..].CopyTo(last);
        sum = Multiply(sum ^ Reversed(Vector128.Create(last)), key);
    }

    /// <summary>Takes the two lengths in and gives the hash.</summary>
    public Vector128<byte> Finish(int headerBytes, int textBytes)
    {
        var lengths = Vector128.Create((ulong)textBytes * 8, (ulong)headerBytes * 8);
        return Reversed(Multiply(sum ^ lengths, key).AsByte()).AsByte();
    }

    private static Vector128<ulong> Block(ref byte first, int at) => Reversed(Vector128.LoadUnsafe(ref first, (nuint)at));

    private static Vector128<ulong> Reversed(Vector128<byte> value) =>
        Ssse3.Shuffle(value, Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)).AsUInt64();

    private static Vector128<ulong> Multiply(Vector128<ulong> a, Vector128<ulong> b)
    {
        Product(a, b, out var low, out var high);
        return Reduce(low, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Product(Vector128<ulong> a, Vector128<ulong> b, out Vector128<ulong> low, out Vector128<ulong> high)
    {
        low = high = default;
        Accumulate(a, b, ref low, ref high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(Vector128<ulong> a, Vector128<ulong> b, ref Vector128<ulong> low, ref Vector128<ulong> high)
    {
        var middle = Pclmulqdq.CarrylessMultiply(a, b, 0x01) ^ Pclmulqdq.CarrylessMultiply(a, b, 0x10);
        low ^= Pclmulqdq.CarrylessMultiply(a, b, 0x00) ^ Sse2.ShiftLeftLogical128BitLane(middle, 8);
        high ^= Pclmulqdq.CarrylessMultiply(a, b, 0x11) ^ Sse2.ShiftRightLogical128BitLane(middle, 8);
    }

    /// <summary>
    /// Brings 256 bits back into the field. Bits are reversed too, so the product is first moved one bit to the left, then
    /// reduced by x^128 + x^7 + x^2 + x + 1 in two phases.
    /// </summary>
    private static Vector128<ulong> Reduce(Vector128<ulong> low, Vector128<ulong> high)
    {
        var (lowCarry, highCarry) = (low >>> 63, high >>> 63);
        low = (low << 1) | Sse2.ShiftLeftLogical128BitLane(lowCarry, 8);
        high = (high << 1) | Sse2.ShiftLeftLogical128BitLane(highCarry, 8) | Sse2.ShiftRightLogical128BitLane(lowCarry, 8);
        var words = low.AsUInt32();
        var first = (words << 31) ^ (words << 30) ^ (words << 25);
        words ^= Sse2.ShiftLeftLogical128BitLane(first, 12);
        words ^= (words >>> 1) ^ (words >>> 2) ^ (words >>> 7) ^ Sse2.ShiftRightLogical128BitLane(first, 4);
        return high ^ words.AsUInt64();
    }
}
