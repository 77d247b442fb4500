// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins;

/// <summary>A text of bounded length, in bytes. Longer values are cut.</summary>
internal sealed class TextField(int maxBytes)
{
    private readonly byte[] buffer = new byte[maxBytes];
    private int length;

    public ReadOnlySpan<byte> Value => buffer.AsSpan(0, length);

    public bool IsEmpty => length == 0;

    /// <summary>How many bytes still fit.</summary>
    public int Room => buffer.Length - length;

    public void Clear() => length = 0;

    public void Set(ReadOnlySpan<byte> value)
    {
        length = 0;
        Append(value);
    }

    /// <summary>Appends what fits.</summary>
    public void Append(ReadOnlySpan<byte> value)
    {
        var taken = value[..Math.Min(value.Length, Room)];
        taken.CopyTo(buffer.AsSpan(length));
        length += taken.Length;
    }

    public void Append(byte value) => Append([value]);

    /// <summary>Appends a number in decimal digits.</summary>
    public void Append(uint value)
    {
        Span<byte> digits = stackalloc byte[10];
        value.TryFormat(digits, out var written);
        Append(digits[..written]);
    }

    /// <summary>Drops one line end, LF, CR or CR LF, where the text stops after one.</summary>
    public void TrimLineEnd()
    {
        if (length > 0 && buffer[length - 1] == '\n')
            length--;
        if (length > 0 && buffer[length - 1] == '\r')
            length--;
    }

    /// <summary>Drops everything from the first NUL on, as where texts are C strings.</summary>
    public void CutAtNul()
    {
        var end = Value.IndexOf((byte)0);
        length = end < 0 ? length : end;
    }
}
