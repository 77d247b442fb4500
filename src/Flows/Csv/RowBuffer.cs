// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Tci.Flows.Csv;

/// <summary>
/// Writes the values of rows straight into bytes, in the form NEMEA's logger gives them. A row must stay below
/// <see cref="MaxRowBytes"/>; <see cref="EndRow"/> makes room for the next one. Cells end with a comma, the last with a line feed.
/// </summary>
internal sealed class RowBuffer(Stream output)
{
    // Far above the longest row: every string at its limit with each byte a doubled quote is under 8 kB.
    public const int MaxRowBytes = 64 * 1024;
    private const int BufferBytes = 1 << 20;

    private static readonly SearchValues<byte> Plain =
        SearchValues.Create(Enumerable.Range(0x20, 0x7F - 0x20).Where(b => b != '"').Select(b => (byte)b).ToArray());

    private readonly byte[] buffer = new byte[BufferBytes];
    private readonly TimeText times = new();
    private int length;

    private Span<byte> Free => buffer.AsSpan(length);

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Free);
        length += bytes.Length;
    }

    public void Byte(byte value) => buffer[length++] = value;

    public void Comma() => Byte((byte)',');

    public void Number(ulong value)
    {
        if (value < 10)
        {
            Byte((byte)('0' + value));
            return;
        }
        if (value < 10_000)
            length += DigitText.WriteShort((uint)value, Free);
        else
        {
            Utf8Formatter.TryFormat(value, Free, out var written);
            length += written;
        }
    }

    /// <summary>An array.</summary>
    public void Numbers(ReadOnlySpan<byte> values)
    {
        Byte((byte)'[');
        Elements(values);
        EndArray();
    }

    /// <summary>An array.</summary>
    public void Numbers(ReadOnlySpan<ushort> values)
    {
        Byte((byte)'[');
        Elements(values);
        EndArray();
    }

    /// <summary>Elements of an array, a bar behind each.</summary>
    public void Elements(ReadOnlySpan<byte> values)
    {
        foreach (var value in values)
            EndElement(DigitText.WriteShort(value, Free));
    }

    /// <summary>Likewise.</summary>
    public void Elements(ReadOnlySpan<ushort> values)
    {
        foreach (var value in values)
        {
            Number(value);
            EndElement(0);
        }
    }

    /// <summary>Likewise.</summary>
    public void Times(ReadOnlySpan<long> microseconds)
    {
        foreach (var time in microseconds)
            EndElement(times.Write(time, Free));
    }

    /// <summary>Ends an array: its last bar becomes the bracket.</summary>
    public void EndArray()
    {
        if (buffer[length - 1] == '|')
            length--;
        Byte((byte)']');
    }

    /// <summary>Quoted; quotes are doubled, a line feed becomes a space, other bytes outside 0x20 to 0x7e are dropped.</summary>
    public void Text(ReadOnlySpan<byte> text)
    {
        Byte((byte)'"');
        // Nearly every text is taken as it is, which is seen in a few steps however long it is.
        if (text.ContainsAnyExcept(Plain))
            Escape(text);
        else
            Raw(text);
        Byte((byte)'"');
    }

    /// <summary>Lower-case hexadecimal, no quotes.</summary>
    public void Hex(ReadOnlySpan<byte> bytes)
    {
        Convert.TryToHexStringLower(bytes, Free, out var written);
        length += written;
    }

    public void Time(long microseconds) => length += times.Write(microseconds, Free);

    public void Address(byte version, UInt128 address) =>
        length += version == 4 ? AddressText.WriteVersion4((uint)address, Free) : AddressText.WriteVersion6(address, Free);

    public void Mac(ulong address) => length += AddressText.WriteMac(address, Free);

    /// <summary>Ends the row: its last comma becomes a line feed.</summary>
    /// <exception cref="IOException">The output cannot take more, for instance because the disk is full.</exception>
    public void EndRow()
    {
        buffer[length - 1] = (byte)'\n';
        if (BufferBytes - length < MaxRowBytes)
            Flush();
    }

    public void Flush()
    {
        output.Write(buffer, 0, length);
        length = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EndElement(int bytes)
    {
        length += bytes;
        Byte((byte)'|');
    }

    private void Escape(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
        {
            if (b == '"')
                Byte(b);
            if (b is >= 0x20 and <= 0x7E)
                Byte(b);
            else if (b == '\n')
                Byte((byte)' ');
        }
    }
}
