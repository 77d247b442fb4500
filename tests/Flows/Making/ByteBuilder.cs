// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Tests.Making;

/// <summary>Puts bytes together, numbers big-endian unless said otherwise.</summary>
internal sealed class ByteBuilder
{
    private readonly List<byte> bytes = [];

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    public ByteBuilder U8(int value)
    {
        bytes.Add((byte)value);
        return this;
    }

    public ByteBuilder U16(int value) => U8(value >> 8).U8(value);

    public ByteBuilder U32(long value) => U16((int)(value >> 16)).U16((int)value);

    public ByteBuilder Raw(params byte[] value)
    {
        bytes.AddRange(value);
        return this;
    }

    /// <summary>In the byte order a capture file is written in.</summary>
    public ByteBuilder Number(long value, int size, bool bigEndian)
    {
        for (var i = 0; i < size; i++)
            U8((int)(value >> (8 * (bigEndian ? size - 1 - i : i))));
        return this;
    }

    public byte[] ToArray() => [.. bytes];
}
