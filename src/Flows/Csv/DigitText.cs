// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Tci.Flows.Csv;

/// <summary>
/// Small numbers as decimal digits, four at a time from a table, without divisions. Most numbers of a row are below ten thousand.
/// </summary>
internal static class DigitText
{
    private const int Numbers = 10_000;

    // Four characters of each number with leading zeros, the first lowest.
    private static readonly uint[] Digits = Make();

    /// <summary>Writes a number below ten thousand without leading zeros; returns how many digits. Four bytes must be free.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WriteShort(uint value, Span<byte> to)
    {
        var leading = value >= 1000 ? 0 : value >= 100 ? 1 : value >= 10 ? 2 : 3;
        BinaryPrimitives.WriteUInt32LittleEndian(to, Digits[value] >> (leading * 8));
        return 4 - leading;
    }

    /// <summary>Writes four digits of a number below ten thousand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteFour(uint value, Span<byte> to) => BinaryPrimitives.WriteUInt32LittleEndian(to, Digits[value]);

    /// <summary>Writes two digits of a number below a hundred.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteTwo(uint value, Span<byte> to) => BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)(Digits[value] >> 16));

    private static uint[] Make()
    {
        var digits = new uint[Numbers];
        for (var i = 0u; i < Numbers; i++)
            digits[i] = ('0' + (i / 1000)) | (('0' + (i / 100 % 10)) << 8) | (('0' + (i / 10 % 10)) << 16) | (('0' + (i % 10)) << 24);
        return digits;
    }
}
