// SPDX-License-Identifier: BSD-3-Clause
namespace Tci.Flows.Plugins.Quic;

/// <summary>Integers of one, two, four or eight bytes (RFC 9000, section 16).</summary>
internal static class VariableInteger
{
    /// <summary>Reads one and moves behind it; false, and at the end of the bytes, when it is cut off.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, ref int offset, out ulong value)
    {
        value = 0;
        if ((uint)offset >= (uint)bytes.Length)
            return false;
        var length = 1 << (bytes[offset] >> 6);
        if (bytes.Length - offset < length)
        {
            offset = bytes.Length;
            return false;
        }
        value = (ulong)bytes[offset] & 0x3F;
        for (var i = 1; i < length; i++)
            value = (value << 8) | bytes[offset + i];
        offset += length;
        return true;
    }
}
