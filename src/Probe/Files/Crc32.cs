// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Probe.Files;

/// <summary>CRC-32 as zip stores it (ISO-HDLC: polynomial 04C11DB7 reflected, start and end FFFFFFFF), eight bytes a step.</summary>
internal sealed class Crc32
{
    private const int Slices = 8;
    private const uint Polynomial = 0xEDB88320;
    private static readonly uint[][] s_tables = MakeTables();

    private uint _register = uint.MaxValue;

    public uint Value => ~_register;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var crc = _register;
        var t = s_tables;
        for (; bytes.Length >= Slices; bytes = bytes[Slices..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = t[7][low & 0xFF] ^ t[6][(low >> 8) & 0xFF] ^ t[5][(low >> 16) & 0xFF] ^ t[4][low >> 24]
                ^ t[3][high & 0xFF] ^ t[2][(high >> 8) & 0xFF] ^ t[1][(high >> 16) & 0xFF] ^ t[0][high >> 24];
        }
        foreach (var value in bytes) crc = t[0][(crc ^ value) & 0xFF] ^ (crc >> 8);
        _register = crc;
    }

    // Table k holds what a byte does to the register after k further bytes of zero.
    private static uint[][] MakeTables()
    {
        var tables = new uint[Slices][];
        for (var slice = 0; slice < Slices; slice++) tables[slice] = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? Polynomial ^ (value >> 1) : value >> 1;
            tables[0][i] = value;
        }
        for (var slice = 1; slice < Slices; slice++)
        {
            for (var i = 0; i < 256; i++) tables[slice][i] = tables[0][tables[slice - 1][i] & 0xFF] ^ (tables[slice - 1][i] >> 8);
        }
        return tables;
    }
}
