// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Tls;

/// <summary>The two-character parts of a JA4.</summary>
internal static class Ja4Labels
{
    public static ReadOnlySpan<byte> Version(ushort version) => version switch
    {
        0x0304 => "13"u8,
        0x0303 => "12"u8,
        0x0302 => "11"u8,
        0x0301 => "10"u8,
        0x0300 => "s3"u8,
        0x0002 => "s2"u8,
        0xFEFF => "d1"u8,
        0xFEFD => "d2"u8,
        0xFEFC => "d3"u8,
        _ => "00"u8,
    };

    /// <summary>First and last character of the first protocol; of its hexadecimal form where one of them is no letter or digit.</summary>
    public static void Alpn(byte first, byte last, Span<byte> to)
    {
        var plain = IsAlphanumeric(first) && IsAlphanumeric(last);
        to[0] = plain ? first : Hex(first >> 4, upper: false);
        to[1] = plain ? last : Hex(last & 0xF, upper: false);
    }

    /// <summary>The same as ipfixprobe 5.7 writes it: each character for itself, in capitals.</summary>
    public static void AlpnEach(byte first, byte last, Span<byte> to)
    {
        to[0] = IsAlphanumeric(first) ? first : Hex(first >> 4, upper: true);
        to[1] = IsAlphanumeric(last) ? last : Hex(last & 0xF, upper: true);
    }

    private static bool IsAlphanumeric(byte value) => char.IsAsciiLetterOrDigit((char)value);

    private static byte Hex(int digit, bool upper) => (upper ? "0123456789ABCDEF"u8 : "0123456789abcdef"u8)[digit];
}
