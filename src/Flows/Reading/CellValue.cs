// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;

namespace Tci.Flows.Reading;

/// <summary>Values of cells. The forms are those of docs/formats/flow-csv.md.</summary>
internal static class CellValue
{
    private const ulong MappedPrefix = 0xFFFF_0000_0000;

    public static bool TryNumber(ReadOnlySpan<byte> cell, out ulong value) =>
        Utf8Parser.TryParse(cell, out value, out var used) && used == cell.Length;

    /// <summary><c>2023-11-14T22:13:20.400000</c> as microseconds since 1970.</summary>
    public static bool TryTime(ReadOnlySpan<byte> cell, out long microseconds)
    {
        microseconds = 0;
        if (cell.Length != 26 || cell[4] != '-' || cell[7] != '-' || cell[10] != 'T' || cell[13] != ':' || cell[16] != ':' || cell[19] != '.')
            return false;
        if (!Digits(cell[..4], out var year) || !Digits(cell[5..7], out var month) || !Digits(cell[8..10], out var day)
            || !Digits(cell[11..13], out var hour) || !Digits(cell[14..16], out var minute) || !Digits(cell[17..19], out var second)
            || !Digits(cell[20..], out var fraction))
            return false;
        if (year < 1970 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;
        var days = DateOnly.FromDateTime(new DateTime(year, month, day)).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        microseconds = ((((((days * 24L) + hour) * 60) + minute) * 60) + second) * 1_000_000 + fraction;
        return true;
    }

    /// <summary>As one number, the first byte in the highest place; IPv4 as <c>::ffff:a.b.c.d</c>, so that both have one order.</summary>
    public static bool TryAddress(ReadOnlySpan<byte> cell, out UInt128 address)
    {
        if (TryVersion4(cell, out var number))
        {
            address = MappedPrefix | number;
            return true;
        }
        address = 0;
        // A scope (%eth0) would be accepted by the platform; no flow has one.
        if (cell.Length > 45 || cell.Contains((byte)'%') || !cell.Contains((byte)':') || !IPAddress.TryParse(cell, out var parsed))
            return false;
        Span<byte> bytes = stackalloc byte[16];
        parsed.TryWriteBytes(bytes, out _);
        address = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return true;
    }

    /// <summary>Takes the quotes away. No copy unless the text holds quotes itself.</summary>
    public static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> cell)
    {
        if (cell.Length < 2 || cell[0] != '"' || cell[^1] != '"')
            return cell;
        var text = cell[1..^1];
        if (!text.Contains((byte)'"'))
            return text;
        var plain = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            plain[length++] = text[i];
            if (text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"')
                i++;
        }
        return plain.AsSpan(0, length);
    }

    private static bool TryVersion4(ReadOnlySpan<byte> cell, out uint address)
    {
        address = 0;
        int octets = 1, digits = 0, value = 0;
        foreach (var b in cell)
        {
            if (b == '.' && digits > 0 && octets < 4)
            {
                address = (address << 8) | (uint)value;
                octets++;
                digits = value = 0;
                continue;
            }
            value = (value * 10) + (b - '0');
            if (b is < (byte)'0' or > (byte)'9' || ++digits > 3 || value > 255)
                return false;
        }
        address = (address << 8) | (uint)value;
        return octets == 4 && digits > 0;
    }

    private static bool Digits(ReadOnlySpan<byte> cell, out int value)
    {
        value = 0;
        foreach (var b in cell)
        {
            if (b is < (byte)'0' or > (byte)'9')
                return false;
            value = (value * 10) + (b - '0');
        }
        return true;
    }
}
