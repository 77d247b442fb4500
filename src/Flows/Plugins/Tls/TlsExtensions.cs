// SPDX-License-Identifier: BSD-3-Clause
using System.Buffers.Binary;

namespace Tci.Flows.Plugins.Tls;

/// <summary>Walks an extension block (RFC 8446, section 4.2). The walk ends where an extension is longer than what is left.</summary>
internal ref struct TlsExtensions(ReadOnlySpan<byte> block)
{
    private const int HeaderBytes = 4;
    private ReadOnlySpan<byte> rest = block;

    public ushort Type { get; private set; }

    public ushort Length { get; private set; }

    /// <summary>The extension's data and everything behind it in the block.</summary>
    public ReadOnlySpan<byte> FromBody { get; private set; }

    public readonly ReadOnlySpan<byte> Body => FromBody[..Length];

    /// <summary>Whether the header of another extension follows.</summary>
    public readonly bool HasMore => rest.Length >= HeaderBytes;

    /// <summary>Whether the last header announced more than the block holds; type and length are set, the body is not.</summary>
    public bool IsCutOff { get; private set; }

    public bool Next()
    {
        if (!HasMore || IsCutOff)
            return false;
        Type = BinaryPrimitives.ReadUInt16BigEndian(rest);
        Length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
        FromBody = rest[HeaderBytes..];
        IsCutOff = Length > FromBody.Length;
        if (IsCutOff)
            return false;
        rest = FromBody[Length..];
        return true;
    }
}
