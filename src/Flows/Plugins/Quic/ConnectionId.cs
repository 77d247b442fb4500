// SPDX-License-Identifier: BSD-3-Clause
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Tci.Flows.Plugins.Quic;

/// <summary>A connection id of at most 20 bytes (RFC 9000, section 17.2).</summary>
internal struct ConnectionId
{
    public const int MaxBytes = 20;

    private Bytes bytes;
    private byte length;

    public readonly int Length => length;

    /// <summary>The id's bytes.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Value => ((ReadOnlySpan<byte>)bytes)[..length];

    /// <param name="value">At most <see cref="MaxBytes"/> bytes.</param>
    public void Set(ReadOnlySpan<byte> value)
    {
        this = default;
        value.CopyTo(bytes);
        length = (byte)value.Length;
    }

    /// <summary>
    /// Compares as C strings of at most so many bytes: up to the first NUL both have. This is ipfixprobe's comparison,
    /// on which the count of multiplexed connections depends.
    /// </summary>
    public readonly bool EqualsAsText(in ConnectionId other, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (bytes[i] != other.bytes[i])
                return false;
            if (bytes[i] == 0)
                return true;
        }
        return true;
    }

    [InlineArray(MaxBytes)]
    private struct Bytes
    {
        private byte first;
    }
}
