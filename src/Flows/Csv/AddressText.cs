// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Text;

namespace Tci.Flows.Csv;

/// <summary>Addresses as text; every method returns the number of bytes written.</summary>
internal static class AddressText
{
    private const int Words = 8;

    public static int WriteVersion4(uint address, Span<byte> to)
    {
        var length = 0;
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            length += DigitText.WriteShort((address >> shift) & 0xFF, to[length..]);
            to[length++] = (byte)'.';
        }
        return length - 1;
    }

    /// <summary>RFC 5952: lower case, the first longest run of at least two zero words as "::", embedded IPv4 dotted.</summary>
    public static int WriteVersion6(UInt128 address, Span<byte> to)
    {
        var (runStart, runLength) = LongestZeroRun(address);
        var dotted = runStart == 0 && (runLength == 6 || (runLength == 5 && Word(address, 5) == 0xFFFF));
        var length = 0;
        for (var i = 0; i < Words; i++)
        {
            if (i == runStart)
            {
                to[length++] = (byte)':';
                i += runLength - 1;
                if (i == Words - 1)
                    to[length++] = (byte)':';
                continue;
            }
            if (i > 0)
                to[length++] = (byte)':';
            if (dotted && i == 6)
                return length + WriteVersion4((uint)address, to[length..]);
            Utf8Formatter.TryFormat(Word(address, i), to[length..], out var written, 'x');
            length += written;
        }
        return length;
    }

    /// <summary>Six bytes, the first in the highest place, lower case with colons.</summary>
    public static int WriteMac(ulong address, Span<byte> to)
    {
        const int Chars = 17;
        for (int i = 0, shift = 40; i < Chars; i += 3, shift -= 8)
        {
            to[i] = HexDigit((int)(address >> (shift + 4)));
            to[i + 1] = HexDigit((int)(address >> shift));
            if (i + 2 < Chars)
                to[i + 2] = (byte)':';
        }
        return Chars;
    }

    private static byte HexDigit(int value) => "0123456789abcdef"u8[value & 0xF];

    private static ushort Word(UInt128 address, int index) => (ushort)(address >> ((Words - 1 - index) * 16));

    private static (int Start, int Length) LongestZeroRun(UInt128 address)
    {
        (int Start, int Length) best = (-1, 1), current = (-1, 0);
        for (var i = 0; i < Words; i++)
        {
            current = Word(address, i) != 0 ? (-1, 0) : current.Start < 0 ? (i, 1) : (current.Start, current.Length + 1);
            if (current.Length > best.Length)
                best = current;
        }
        return best;
    }
}
